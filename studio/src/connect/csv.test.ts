import { expect, it } from "vitest";
import { toCsv } from "./csv";

it("quotes what needs it and keeps every value", () => {
  expect(toCsv(["id", "a,b"], [[1, 'say "hi"'], [null, "two\nlines"], [true, { a: 1 }]])).toBe(
    'id,"a,b"\r\n1,"say ""hi"""\r\n,"two\nlines"\r\ntrue,"{""a"":1}"\r\n',
  );
});

it("gives a spreadsheet no formula to run", () => {
  expect(toCsv(["x"], [["=1+1"], ["@SUM(A1)"], ["-2"], [-2], ["+1 (555)"]])).toBe("x\r\n'=1+1\r\n'@SUM(A1)\r\n-2\r\n-2\r\n'+1 (555)\r\n");
});
