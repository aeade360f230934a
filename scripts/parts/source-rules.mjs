import ts from 'typescript';

/** House rule 5: where the best codebases naturally stand; a file over the limit is two rooms. */
export const limits = { fileLines: 300, testLines: 500, functionLines: 60, constructorParameters: 6 };

const isTest = (path) => /\.(spec|e2e-spec|browser-spec)\.(tsx?|mjs)$|(^|\/)test\//.test(path);
const isServerOrShared = (path) => /^(server\/src|shared\/src)\//.test(path);
const isData = (path) => /\.data\.tsx?$|(^|\/)generated\/|\/migrations\//.test(path);

/** The only places that ask the machine for the time or for chance; everything else is given them. */
const clockFiles = [
  /^server\/src\/platform\//,
  /^server\/wechat-emulator\/(wall-)?clock\.ts$/,
  /^miniapp\/src\/platform\/clock\.ts$/,
  /^miniapp\/host\/src\/shell\/clock\.ts$/,
  // A migration is named after the moment at which a developer drafts it.
  /^server\/tools\/draft-migration\.ts$/,
];

const forbiddenNames = /(^|[/.-])(utils?|helpers?|commons?|managers?)([/.-]|$)/i;

/** Whether the file is nothing but imports, types and constant tables: data has no natural length. */
function isPureData(file) {
  const plain = (node) => {
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return plain(node.expression);
    if (ts.isArrayLiteralExpression(node)) return node.elements.every(plain);
    if (ts.isObjectLiteralExpression(node)) {
      return node.properties.every((property) => ts.isPropertyAssignment(property) && plain(property.initializer));
    }
    return (
      ts.isLiteralExpression(node) ||
      ts.isPrefixUnaryExpression(node) ||
      [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
    );
  };
  const isTable = (statement) =>
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(({ initializer }) => initializer && plain(initializer));
  const allowed = (statement) =>
    ts.isImportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    isTable(statement);
  return file.statements.some(isTable) && file.statements.every(allowed);
}

function ruleOfCall(node, path) {
  const text = node.expression.getText();
  const asksTheMachine = text === 'Date.now' || text === 'Math.random' || text === 'Date';
  const takesTheTime = ts.isNewExpression(node) && text === 'Date' && !node.arguments?.length;
  if (((ts.isCallExpression(node) && asksTheMachine) || takesTheTime) && !clockFiles.some((f) => f.test(path))) {
    return `${text === 'Math.random' ? 'Math.random()' : 'the current time'} is asked for outside platform/ and the clock files: take a clock or a source of ids as a parameter`;
  }
  if (isServerOrShared(path) && /(^|\.)(toFixed|parseFloat)$/.test(text)) {
    return `${text} makes money a float: amounts are integers of fen`;
  }
  if (/^[\w.]+$/.test(text) && /^(it|test|describe|fit|xit|fdescribe|xdescribe|xtest)$/.test(text.split('.')[0])) {
    const chosen = /^(fit|fdescribe)$|\.only(\.|$)/.test(text);
    const skipped = /^x(it|test|describe)$|\.(skip|todo)(\.|$)/.test(text);
    if (chosen || skipped) return `${text}: every test runs, none is chosen or skipped`;
  }
  return null;
}

/** @returns {Generator<{line: number, message: string}>} */
function* faultsOfNode(node, file, path) {
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line + 1;
  const line = lineOf(node.getStart(file));
  if (ts.isFunctionLike(node) && node.body) {
    const length = lineOf(node.end) - line + 1;
    // A `describe` is a list of tests, not a function that somebody has to hold in mind.
    if (length > limits.functionLines && !isTest(path)) {
      yield { line, message: `a function of ${length} lines (limit ${limits.functionLines})` };
    }
  }
  if (ts.isConstructorDeclaration(node) && node.parameters.length > limits.constructorParameters) {
    const count = node.parameters.length;
    yield { line, message: `a constructor with ${count} parameters (limit ${limits.constructorParameters})` };
  }
  if (node.kind === ts.SyntaxKind.AnyKeyword) yield { line, message: '`any` switches the compiler off: say the type' };
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const message = ruleOfCall(node, path);
    if (message) yield { line, message };
  }
  const children = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* faultsOfNode(child, file, path);
}

/**
 * Reads one source file and finds what breaks the house rules.
 *
 * @param {string} path relative to the root, with forward slashes
 * @param {string} text
 * @returns {{line: number, message: string}[]} faults in the order of the file; line 1 for the file as a whole
 */
export function faultsOf(path, text) {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : path.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind);
  const faults = [];
  const name = forbiddenNames.exec(path);
  if (name) faults.push({ line: 1, message: `"${name[2]}" says nothing about what is inside: name what it does` });

  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const limit = isTest(path) ? limits.testLines : limits.fileLines;
  if (lines > limit && !isData(path) && !isPureData(file)) {
    faults.push({ line: 1, message: `${lines} lines (limit ${limit}): a file over the limit is two rooms` });
  }
  text.split('\n').forEach((content, index) => {
    if (/\b(TODO|FIXME|XXX)\b/.test(content)) {
      faults.push({ line: index + 1, message: 'unfinished work is an issue, not a comment' });
    }
  });
  const isDoor = path.endsWith('.public.ts');
  if (
    !isDoor &&
    file.statements.length > 0 &&
    file.statements.every((s) => ts.isExportDeclaration(s) && s.moduleSpecifier)
  ) {
    faults.push({ line: 1, message: 'a file that only passes on other files: the doors (*.public.ts) do that' });
  }
  faults.push(...faultsOfNode(file, file, path));
  return faults.sort((a, b) => a.line - b.line);
}
