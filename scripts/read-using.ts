/**
 * Loaded before dependency-cruiser (`node --import`): the visitor in @swc/core does not know the `using` statement, though
 * its parser does, and stops at the first file that has one. Remove it when `npm run arrows` passes without.
 */
import type { Statement, VariableDeclarator } from '@swc/core'
import { Visitor } from '@swc/core/Visitor.js'

const { visitStatement } = Visitor.prototype

Visitor.prototype.visitStatement = function (statement: Statement): Statement {
  // In swc's types this statement is missing, too.
  const using = statement as unknown as { type: string; decls: VariableDeclarator[] }
  if (using.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  this.visitVariableDeclarators(using.decls)
  return statement
}
