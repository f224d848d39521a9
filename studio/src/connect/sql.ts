const plain = /^[a-z_][a-z0-9_]*$/i;

/** A statement that shows the first rows of a table. */
export function selectAll(qualifiedName: string): string {
  const dot = qualifiedName.indexOf(".");
  const names = dot < 0 ? [qualifiedName] : [qualifiedName.slice(0, dot), qualifiedName.slice(dot + 1)];
  return `SELECT *\nFROM ${names.map(identifier).join(".")}\nLIMIT 100`;
}

function identifier(name: string): string {
  return plain.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
