/*
 * katex.c -- the program that KaTeX is asked with, and the engines.
 *
 * Idle engines lie in as many places as there are threads; taking and giving one is an
 * atomic exchange, so nobody waits.
 */
#include "render/katex.h"

#include "base/file.h"
#include "base/js.h"
#include "base/pool.h"

#include <stdatomic.h>
#include <stdlib.h>

#define KATEX_PATH "/usr/share/javascript/katex/katex.js"

/* What KaTeX expects of a browser, and Duktape has not. */
static const char shims[] =
    "var self = this, console = {log: function () {}, warn: function () {}, error: function () {}};\n"
    "if (!Array.prototype.fill)\n"
    "  Array.prototype.fill = function (v) { for (var i = 0; i < this.length; i++) this[i] = v; return this; };\n";

/*
 * From KaTeX's tree to MathML.  KaTeX puts elements into tokens, and several where one is
 * due, which browsers forgive; here both are rows.  Nor does it part the name of a function
 * from what stands beside it, and browsers know no letters with a double stroke but by their
 * code points.
 */
static const char mathml_program[] =
    "function set(words) { var is = {}; words.split(' ').forEach(function (w) { is[w] = true; }); return is; }\n"
    "var elements = set('mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle mpadded mphantom menclose'\n"
    "  + ' msub msup msubsup munder mover munderover mtable mtr mtd');\n"
    "var attributes = set('mathvariant stretchy fence separator accent accentunder lspace rspace minsize'\n"
    "  + ' maxsize linethickness columnalign columnspacing rowspacing columnlines rowlines scriptlevel'\n"
    "  + ' displaystyle mathcolor mathbackground mathsize width height depth voffset notation largeop');\n"
    "var tokens = set('mi mn mo ms mtext'), rows = set('mrow mstyle mtd msqrt');\n"
    "function escaped(s) {\n"
    "  s = s.replace(/\\u2223/g, '|').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\"/g, '&quot;');\n"
    "  return s.replace(/^[\\u0300-\\u036f]/, function (c) { return '&#' + c.charCodeAt(0) + ';'; });\n"
    "}\n"
    "function words(n) { return n.children ? n.children.map(words).join('') : n.text || ''; }\n"
    "function is_name(n) { return n.type == 'mi' && words(n).length > 1; }\n"
    "function leaf(n, last) {\n"
    "  while (n.children && n.children.length && n.children[0].children) n = n.children[last ? n.children.length - 1 : 0];\n"
    "  return n;\n"
    "}\n"
    "function thin(k, i, all) {\n"
    "  var before = i && words(leaf(all[i - 1], true)), first = leaf(k, false);\n"
    "  return i && (before == '\\u2061' ? !/^[(\\[]/.test(words(first)) : is_name(first) && /[^(\\[{=+,\\u2212]$/.test(before));\n"
    "}\n"
    "function stroked(c) {\n"
    "  var bmp = {C: '\\u2102', H: '\\u210d', N: '\\u2115', P: '\\u2119', Q: '\\u211a', R: '\\u211d', Z: '\\u2124'};\n"
    "  return bmp[c] || (/^[A-Z]$/.test(c) ? '\\ud835' + String.fromCharCode(0xdd38 + c.charCodeAt(0) - 65) : c);\n"
    "}\n"
    "function refuse(why) { throw {message: why, position: 0}; }\n"
    "function mathml(n, depth) {\n"
    "  if (depth > 100) refuse('nested too deep');\n"
    "  if (n.text !== undefined) return escaped(n.text);\n"
    "  if ((n.attributes || {}).mathvariant == 'double-struck') return '<mi>' + escaped(stroked(words(n))) + '</mi>';\n"
    "  if (n.character) return '<mtext>' + escaped(n.character) + '</mtext>';\n"
    "  if (!n.children) return '<mspace width=\"' + n.width + 'em\"/>';\n"
    "  var row = !n.type || (tokens[n.type] && n.children.some(function (k) { return k.text === undefined; }));\n"
    "  var inner = '', tag = row ? 'mrow' : n.type, open = tag;\n"
    "  if (!elements[tag]) refuse('nothing that a book can show: ' + tag);\n"
    "  n.children.forEach(function (k, i, all) {\n"
    "    var one = mathml(k, depth + 1);\n"
    "    if (rows[tag] && thin(k, i, all)) inner += '<mspace width=\"0.1667em\"/>';\n"
    "    inner += row && k.text !== undefined ? '<mtext>' + one + '</mtext>' : one;\n"
    "  });\n"
    "  for (var a in row ? {} : n.attributes)\n"
    "    if (attributes[a] && !(tag == 'mtd' && a == 'width'))\n"
    "      open += ' ' + a + '=\"' + escaped(String(n.attributes[a])) + '\"';\n"
    "  return '<' + open + '>' + inner + '</' + tag + '>';\n"
    "}\n";

/* The same to text with <i>, <sub> and <sup>; null where that would not do, or is long. */
static const char flat_program[] =
    "var apart = /^[=<>\\u2260\\u2264\\u2265\\u2248\\u2261\\u223c\\u2208\\u2209\\u2282\\u2286\\u2192\\u2190\\u21d2\\u21d4"
    "+\\u2212\\u00d7\\u00f7\\u22c5\\u2217\\u2227\\u2228\\u222a\\u2229]$/;\n"
    "var before_term = /(^|[(\\[{,=\\u2260\\u2264\\u2265+\\u2212\\u00d7\\u22c5] ?|&[lg]t; ?)$/;\n"
    "function flat_word(s, variant, out) {\n"
    "  if (s.length == 1 && (!variant || variant == 'italic')) return '<i>' + escaped(s) + '</i>';\n"
    "  if (variant == 'double-struck') return escaped(stroked(s));\n"
    "  if (variant && variant != 'normal') return null;\n"
    "  return (s.length == 1 || !out || /[ (\\[{]$/.test(out) ? '' : ' ') + escaped(s);\n"
    "}\n"
    "function flat_mark(s, out, script) {\n"
    "  if (s == '\\u2061') return ' ';\n"
    "  if (s == ',' && !script) return ', ';\n"
    "  return !script && apart.test(s) && !before_term.test(out) ? ' ' + escaped(s) + ' ' : escaped(s);\n"
    "}\n"
    "function spread(nodes, all) {\n"
    "  nodes.forEach(function (n) {\n"
    "    if (n.children && (!n.type || n.type == 'mrow')) spread(n.children, all); else all.push(n);\n"
    "  });\n"
    "  return all;\n"
    "}\n"
    "function flat_all(nodes, script) {\n"
    "  nodes = spread(nodes, []);\n"
    "  if (nodes.length > 60) return null;\n"
    "  for (var i = 0, out = ''; i < nodes.length; i++) {\n"
    "    var one = flat(nodes[i], out, script);\n"
    "    if (one === null) return null;\n"
    "    if (one.charAt(0) == '(' || one.charAt(0) == ' ') out = out.replace(/ $/, '');\n"
    "    out += one;\n"
    "  }\n"
    "  return out;\n"
    "}\n"
    "function flat(n, out, script) {\n"
    "  var kids = n.children, a = n.attributes || {};\n"
    "  if (n.character) return ' ';\n"
    "  if (!kids) return null;\n"
    "  var text = kids.map(function (k) { return k.text; }).join(''), base, above;\n"
    "  if (n.type == 'mi' && text) return flat_word(text, a.mathvariant, out);\n"
    "  if (n.type == 'mo' && text) return flat_mark(text, out, script);\n"
    "  if ((n.type == 'mn' || n.type == 'mtext') && text && !a.mathvariant) return escaped(text);\n"
    "  if (script || (n.type != 'msub' && n.type != 'msup')) return null;\n"
    "  base = flat_all([kids[0]], true), above = flat_all([kids[1]], true);\n"
    "  if (!base || !above) return null;\n"
    "  return base + '<' + n.type.slice(1) + '>' + above + '</' + n.type.slice(1) + '>';\n"
    "}\n";

/* `=markup`, or `!byte words`. */
static const char main_program[] =
    "var made = {}, most = 64 * 1024;\n"
    "function bytes(s) {\n"
    "  for (var i = 0, n = 0, c; i < s.length; i++) {\n"
    "    c = s.charCodeAt(i);\n"
    "    n += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;\n"
    "  }\n"
    "  return n;\n"
    "}\n"
    "function make(tex, plain, display) {\n"
    "  var tree = katex.__renderToDomTree(tex, {displayMode: display, output: 'mathml', throwOnError: true,\n"
    "    strict: 'ignore', trust: false, maxSize: 40, maxExpand: 1000});\n"
    "  var root = tree.children[0].children[0].children[0], line = flat_all([root], false);\n"
    "  if (line !== null) return '=<span class=\"math\">' + line + '</span>';\n"
    "  var out = mathml(root, 0);\n"
    "  if (out.length > most) refuse('more comes of it than a book should hold');\n"
    "  return '=<math xmlns=\"http://www.w3.org/1998/Math/MathML\"' + (display ? ' display=\"block\"' : '')\n"
    "    + ' alttext=\"' + escaped(plain) + '\">' + out + '</math>';\n"
    "}\n"
    "function deckbind_formula(tex, plain, display) {\n"
    "  var key = display + tex;\n"
    "  if (made.hasOwnProperty(key)) return made[key];\n"
    "  try {\n"
    "    return made[key] = make(tex, plain, display == 'display');\n"
    "  } catch (e) {\n"
    "    var words = String(e.message).replace(/^KaTeX parse error: /, '').replace(/ at (position|end of input)[^]*$/, '');\n"
    "    return made[key] = '!' + bytes(tex.slice(0, e.position || 0)) + ' ' + words;\n"
    "  }\n"
    "}\n";

struct Katexes {
    const char *path;
    _Atomic(Js *) idle[MOST_THREADS];
};

Katexes *katexes_new(const char *path)
{
    Katexes *all = calloc(1, sizeof *all);
    if (!all)
        out_of_memory();
    all->path = path ? path : KATEX_PATH;
    return all;
}

void katexes_free(Katexes *all)
{
    for (size_t i = 0; all && i < MOST_THREADS; i++)
        js_free(all->idle[i]);
    free(all);
}

static bool load(Js *js, Str library)
{
    static const char *const programs[] = {mathml_program, flat_program, main_program};
    bool good = js_eval(js, str_of(shims), "shims") && js_eval(js, library, "katex.js");
    for (size_t i = 0; i < COUNT(programs) && good; i++)
        good = js_eval(js, str_of(programs[i]), "formula");
    return good;
}

static Js *start(const Katexes *all)
{
    Arena scratch = {0};
    Diags nobody = {.arena = &scratch};
    Str library;
    Js *js = file_exists(all->path) && file_read(all->path, &scratch, &library, &nobody) ? js_new() : NULL;
    if (js && !load(js, library)) {
        js_free(js);
        js = NULL;
    }
    arena_free(&scratch);
    return js;
}

Js *katex_take(Katexes *all)
{
    for (size_t i = 0; i < MOST_THREADS; i++) {
        Js *idle = atomic_exchange(&all->idle[i], NULL);
        if (idle)
            return idle;
    }
    return start(all);
}

void katex_give(Katexes *all, Js *katex)
{
    for (size_t i = 0; i < MOST_THREADS && katex; i++) {
        Js *none = NULL;
        if (atomic_compare_exchange_strong(&all->idle[i], &none, katex))
            return;
    }
    js_free(katex);
}

/* `!byte words` */
static void read_error(Str answer, KatexError *e)
{
    char *end;
    e->at = strtoul(answer.at + 1, &end, 10);
    e->words = str_trim(str_drop(answer, (size_t)(end - answer.at)));
}

Str katex_set(Js *katex, Str tex, Str plain, bool display, KatexError *e, Arena *a)
{
    Str args[] = {tex, plain, display ? STR("display") : STR("inline")};
    Str answer = js_call(katex, "deckbind_formula", args, COUNT(args), a);
    if (str_starts(answer, STR("=")))
        return str_drop(answer, 1);
    *e = (KatexError){.words = str_copy(a, str_of(js_error(katex)))};
    if (answer.at)
        read_error(answer, e);
    return (Str){0};
}
