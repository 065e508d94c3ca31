import ts from 'typescript'

const LOGGERS = /(^|\.)(log|logger|requests)$|^new Logger\(/
const LEVELS = /^(trace|debug|verbose|info|log|warn|error|fatal)$/

/** The members of the objects that a source hands to a logger, as far as they are written out there. */
export function loggedMembers(path: string, text: string): string[] {
  return callsIn(path, text).flatMap((call) => {
    const { expression } = call
    if (!ts.isPropertyAccessExpression(expression) || !LEVELS.test(expression.name.text)) return []
    return LOGGERS.test(expression.expression.getText()) ? call.arguments.flatMap(membersOf) : []
  })
}

/** The attributes that a source gives to spans. */
export function spanAttributes(path: string, text: string): string[] {
  return callsIn(path, text).flatMap(({ expression, arguments: given }) => {
    if (!ts.isPropertyAccessExpression(expression)) return []
    const { text: name } = expression.name
    if (name === 'setAttribute' && given[0] && ts.isStringLiteral(given[0])) return [given[0].text]
    if (name === 'setAttributes') return given.flatMap(membersOf)
    return name === 'startActiveSpan' || name === 'startSpan' ? attributesNear(given[0]!.getSourceFile()) : []
  })
}

function callsIn(path: string, text: string): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  walk(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true), (node) => {
    if (ts.isCallExpression(node)) found.push(node)
  })
  return found
}

function walk(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node)
  ts.forEachChild(node, (child) => walk(child, look))
}

/** Also those of objects that are spread where a condition holds. */
function membersOf(node: ts.Node): string[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(namesOf)
  if (ts.isParenthesizedExpression(node)) return membersOf(node.expression)
  if (ts.isBinaryExpression(node)) return membersOf(node.right)
  return ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse].flatMap(membersOf) : []
}

const namesOf = (property: ts.ObjectLiteralElementLike): string[] => {
  if (ts.isSpreadAssignment(property)) return membersOf(property.expression)
  const { name } = property
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? [name.text] : []
}

function attributesNear(source: ts.SourceFile): string[] {
  const found: string[] = []
  walk(source, (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'attributes' && node.initializer)
      found.push(...membersOf(node.initializer))
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'attributes')
      found.push(...membersOf(node.initializer))
  })
  return found
}
