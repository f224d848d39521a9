/** Something that is wrong, at the place where it is. */
export interface FieldProblem {
  path: string;
  message: string;
}
