/*
 * highlight.js -- what Prism makes of code, as a line of letters and lengths: "k4.1f5" is
 * a keyword of four UTF-16 units, one unit of nothing, a function's name of five.
 *
 * `describe` and `needs` know the catalogue of languages; `tokens` wants Prism and the
 * languages that `needs` lists.
 */
var languages = {}, names = {
  'asm': 'nasm', 'c++': 'cpp', 'c#': 'csharp', 'cc': 'cpp', 'conf': 'nginx', 'cxx': 'cpp', 'golang': 'go',
  'h': 'c', 'hpp': 'cpp', 'jsonc': 'json', 'make': 'makefile', 'mysql': 'sql', 'node': 'javascript',
  'nodejs': 'javascript', 'pgsql': 'sql', 'postgres': 'sql', 'postgresql': 'sql', 'proto': 'protobuf',
  'ps1': 'powershell', 'python3': 'python', 'redis': 'bash', 'rs': 'rust', 'sqlite': 'sql', 'vue': 'markup', 'zsh': 'bash'
};

/* What stands for what, by the type of a token or else by its alias; '.' for no colour. */
var letters = {}, kinds = {
  k: 'keyword important atrule rule instruction directive-keyword statement control-flow module storage',
  s: 'string char regex attr-value url template-string triple-quoted-string string-literal quoted heredoc',
  c: 'comment prolog doctype cdata shebang block-comment line-comment hashbang',
  n: 'number boolean constant symbol nil null unit hexcode color datetime date time',
  f: 'function method function-definition function-name macro-name function-variable',
  t: 'class-name builtin type tag namespace selector primitive lifetime',
  a: 'property attr-name key variable parameter assign-left environment annotation decorator attribute label section-name',
  m: 'macro directive directive-hash preprocessor meta coord',
  i: 'inserted',
  d: 'deleted',
  '.': 'punctuation operator interpolation template-punctuation plain'
};
for (var letter in kinds)
  kinds[letter].split(' ').forEach(function (type) { letters[type] = letter; });

function list(value) {
  return value === undefined ? [] : [].concat(value);
}

function describe(catalogue) {
  languages = JSON.parse(catalogue).languages;
  delete languages.meta;
  Object.keys(languages).forEach(function (id) {
    names[id] = id;
    list(languages[id].alias).forEach(function (alias) { names[alias] = id; });
  });
  return '';
}

/* The ids of the languages to load for `name`, in order, and that of its own in front. */
function needs(name) {
  var seen = {}, order = [];
  function visit(id) {
    if (seen[id])
      return;
    seen[id] = true;
    list(languages[id].require).forEach(visit);
    order.push(id);
    if (id === 'markup') /* which holds them */
      ['css', 'javascript'].forEach(visit);
  }
  if (!names.hasOwnProperty(name) || !languages.hasOwnProperty(names[name]))
    return '';
  visit(names[name]);
  return [names[name]].concat(order).join('\n');
}

function letter_of(token, outer) {
  var types = [token.type].concat(list(token.alias));
  for (var i = 0; i < types.length; i++)
    if (letters.hasOwnProperty(types[i]))
      return letters[types[i]];
  return outer;
}

function tokens(id, code) {
  var env = {code: code, grammar: Prism.languages[id], language: id};
  var out = '', last = '', length = 0;
  function put(letter, n) {
    if (letter !== last && length) {
      out += last + length;
      length = 0;
    }
    last = letter;
    length += n;
  }
  function walk(content, letter) {
    if (typeof content === 'string')
      put(letter, content.length);
    else if (Array.isArray(content))
      content.forEach(function (part) { walk(part, letter); });
    else
      walk(content.content, letter_of(content, letter));
  }
  Prism.hooks.run('before-tokenize', env);
  env.tokens = Prism.tokenize(env.code, env.grammar);
  Prism.hooks.run('after-tokenize', env);
  walk(env.tokens, '.');
  put('', 0);
  return out;
}
