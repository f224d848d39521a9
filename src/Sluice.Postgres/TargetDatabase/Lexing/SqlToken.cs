namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>A token: where it stands, and its text as the engine compares it: words in small letters, quotes taken off names.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, string Text)
{
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedWord;

    public bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Text[0] == symbol;

    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Text == word;
}
