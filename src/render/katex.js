/*
 * katex.js -- the program that KaTeX is asked with: deckbind_formula(display, plain, tex).
 */

/*
 * From KaTeX's tree to MathML.  KaTeX puts elements into tokens, and several where one is
 * due, which browsers forgive; here both are rows.  Nor does it part the name of a function
 * from what stands beside it, and browsers know no letters with a double stroke but by their
 * code points.
 */
function set(words) { var is = {}; words.split(' ').forEach(function (w) { is[w] = true; }); return is; }
var elements = set(mathml_elements), attributes = set(mathml_attributes);
var tokens = set('mi mn mo ms mtext'), rows = set('mrow mstyle mtd msqrt');
function escaped(s) {
  s = s.replace(/\u2223/g, '|').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  return s.replace(/^[\u0300-\u036f]/, function (c) { return '&#' + c.charCodeAt(0) + ';'; });
}

function words(n) { return n.children ? n.children.map(words).join('') : n.text || ''; }
function is_name(n) { return n.type == 'mi' && words(n).length > 1; }
function leaf(n, last) {
  while (n.children && n.children.length && n.children[0].children) n = n.children[last ? n.children.length - 1 : 0];
  return n;
}

function thin(k, i, all) {
  var before = i && words(leaf(all[i - 1], true)), first = leaf(k, false);
  return i && (before == '\u2061' ? !/^[(\[]/.test(words(first)) : is_name(first) && /[^(\[{=+,\u2212]$/.test(before));
}

function stroked(c) {
  var bmp = {C: '\u2102', H: '\u210d', N: '\u2115', P: '\u2119', Q: '\u211a', R: '\u211d', Z: '\u2124'};
  return bmp[c] || (/^[A-Z]$/.test(c) ? '\ud835' + String.fromCharCode(0xdd38 + c.charCodeAt(0) - 65) : c);
}

function refuse(why) { throw {name: 'Refusal', message: why, position: 0}; }
function mathml(n, depth) {
  if (depth > 100) refuse('nested too deep');
  if (n.text !== undefined) return escaped(n.text);
  if ((n.attributes || {}).mathvariant == 'double-struck') return '<mi>' + escaped(stroked(words(n))) + '</mi>';
  if (n.character) return '<mtext>' + escaped(n.character) + '</mtext>';
  if (!n.children) return '<mspace width="' + n.width + 'em"/>';
  var row = !n.type || (tokens[n.type] && n.children.some(function (k) { return k.text === undefined; }));
  var inner = '', tag = row ? 'mrow' : n.type, open = tag;
  if (!elements[tag]) refuse('nothing that a book can show: ' + tag);
  n.children.forEach(function (k, i, all) {
    var one = mathml(k, depth + 1);
    if (rows[tag] && thin(k, i, all)) inner += '<mspace width="0.1667em"/>';
    inner += row && k.text !== undefined ? '<mtext>' + one + '</mtext>' : one;
  });
  for (var a in row ? {} : n.attributes)
    if (attributes[a] && !(tag == 'mtd' && a == 'width'))
      open += ' ' + a + '="' + escaped(String(n.attributes[a])) + '"';
  return '<' + open + '>' + inner + '</' + tag + '>';
}

/* The same to text with <i>, <sub> and <sup>; null where that would not do, or is long. */
var apart = /^[=<>\u2260\u2264\u2265\u2248\u2261\u223c\u2208\u2209\u2282\u2286\u2192\u2190\u21d2\u21d4+\u2212\u00d7\u00f7\u22c5\u2217\u2227\u2228\u222a\u2229]$/;
var before_term = /(^|[(\[{,=\u2260\u2264\u2265+\u2212\u00d7\u22c5] ?|&[lg]t; ?)$/;
function flat_word(s, variant, out) {
  if (s.length == 1 && (!variant || variant == 'italic')) return '<i>' + escaped(s) + '</i>';
  if (variant == 'double-struck') return escaped(stroked(s));
  if (variant && variant != 'normal') return null;
  return (s.length == 1 || !out || /[ (\[{]$/.test(out) ? '' : ' ') + escaped(s);
}

function flat_mark(s, out, script) {
  if (s == '\u2061') return ' ';
  if (s == ',' && !script) return ', ';
  return !script && apart.test(s) && !before_term.test(out) ? ' ' + escaped(s) + ' ' : escaped(s);
}

function spread(nodes, all) {
  nodes.forEach(function (n) {
    if (n.children && (!n.type || n.type == 'mrow')) spread(n.children, all); else all.push(n);
  });
  return all;
}

function flat_all(nodes, script) {
  nodes = spread(nodes, []);
  if (nodes.length > 60) return null;
  for (var i = 0, out = ''; i < nodes.length; i++) {
    var one = flat(nodes[i], out, script);
    if (one === null) return null;
    if (one.charAt(0) == '(' || one.charAt(0) == ' ') out = out.replace(/ $/, '');
    out += one;
  }
  return out;
}

function flat(n, out, script) {
  var kids = n.children, a = n.attributes || {};
  if (n.character) return ' ';
  if (!kids) return null;
  var text = kids.map(function (k) { return k.text; }).join(''), base, above;
  if (n.type == 'mi' && text) return flat_word(text, a.mathvariant, out);
  if (n.type == 'mo' && text) return flat_mark(text, out, script);
  if ((n.type == 'mn' || n.type == 'mtext') && text && !a.mathvariant) return escaped(text);
  if (script || (n.type != 'msub' && n.type != 'msup')) return null;
  base = flat_all([kids[0]], true), above = flat_all([kids[1]], true);
  if (!base || !above) return null;
  return base + '<' + n.type.slice(1) + '>' + above + '</' + n.type.slice(1) + '>';
}

/*
 * `=markup`, or `!byte words`.  What is thrown from here says nothing of the formula: there
 * was no memory left.
 */
var most = 64 * 1024;
function of_the_formula(e) {
  return e.name == 'Refusal' || (e instanceof Error && !/alloc failed|error in error/.test(e.message));
}
function bytes(s) {
  for (var i = 0, n = 0, c; i < s.length; i++) {
    c = s.charCodeAt(i);
    n += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
  }
  return n;
}

function make(tex, plain, display) {
  var tree = katex.__renderToDomTree(tex, {displayMode: display, output: 'mathml', throwOnError: true,
    strict: 'ignore', trust: false, maxSize: 40, maxExpand: 1000});
  var root = tree.children[0].children[0].children[0], line = flat_all([root], false);
  if (line !== null) return '=<span class="math">' + line + '</span>';
  var out = mathml(root, 0);
  if (out.length > most) refuse('more comes of it than a book should hold');
  return '=<math xmlns="http://www.w3.org/1998/Math/MathML"' + (display ? ' display="block"' : '')
    + ' alttext="' + escaped(plain) + '">' + out + '</math>';
}

function deckbind_formula(display, plain, tex) {
  try {
    return make(tex, plain, display == 'display');
  } catch (e) {
    if (!of_the_formula(e)) throw e;
    var words = String(e.message).replace(/^KaTeX parse error: /, '').replace(/ at (position|end of input)[^]*$/, '');
    return '!' + bytes(tex.slice(0, e.position || 0)) + ' ' + words;
  }
}
