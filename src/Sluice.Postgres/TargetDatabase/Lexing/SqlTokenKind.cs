namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>What a token of a statement is.</summary>
internal enum SqlTokenKind
{
    Word,
    QuotedWord,
    Text,
    Number,
    Operator,
    Symbol,
    Parameter,
}
