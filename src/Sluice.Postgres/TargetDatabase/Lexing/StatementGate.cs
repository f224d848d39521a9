using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>Lets through one statement of a kind that reads: SELECT, WITH, VALUES, TABLE, and EXPLAIN of one without running it.</summary>
internal static class StatementGate
{
    private static readonly HashSet<string> Kinds = ["select", "with", "values", "table"];
    private static readonly HashSet<string> ExplainOptions = ["verbose", "costs", "format", "summary"];

    /// <summary>Where the statement that reads begins, which is behind EXPLAIN if that is there.</summary>
    /// <exception cref="QueryException">It is another kind, or more than one.</exception>
    public static int FindInner(IReadOnlyList<SqlToken> tokens)
    {
        if (tokens.Count == 0) throw Refused("empty", "The text holds no statement.");
        if (tokens.Any(token => token.IsSymbol(';')))
            throw Refused("several_statements", "The text holds more than one statement. Send them one by one.");
        var inner = tokens[0].IsWord("explain") ? SkipExplain(tokens) : 0;
        CheckKind(tokens, inner);
        CheckInto(tokens);
        return inner;
    }

    private static void CheckKind(IReadOnlyList<SqlToken> tokens, int inner)
    {
        var first = inner;
        while (first < tokens.Count && tokens[first].IsSymbol('(')) first++;
        var word = first < tokens.Count ? tokens[first].Text : "";
        if (first < tokens.Count && tokens[first].Kind == SqlTokenKind.Word && Kinds.Contains(word)) return;
        throw Refused("statement_kind", $"'{Shorten(word)}' does not begin a statement that reads. Only SELECT, WITH, VALUES, TABLE and EXPLAIN of one are run here.", word);
    }

    /// <summary>The word is reserved: it can stand only where a row is put somewhere, behind a dot, or as a label.</summary>
    private static void CheckInto(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            if (!tokens[i].IsWord("into") || tokens[i - 1].IsSymbol('.') || tokens[i - 1].IsWord("as")) continue;
            throw Refused("writes", "INTO writes rows to a table. Only statements that read are run here: leave it out.", "INTO");
        }
    }

    private static int SkipExplain(IReadOnlyList<SqlToken> tokens)
    {
        var at = 1;
        if (at < tokens.Count && tokens[at].IsWord("verbose")) return at + 1;
        if (at < tokens.Count && tokens[at].IsWord("analyze")) throw RefusedOption("analyze");
        if (!IsOptionList(tokens, at)) return at;
        for (at++; at < tokens.Count && !tokens[at].IsSymbol(')'); at++)
        {
            if (!tokens[at - 1].IsSymbol('(') && !tokens[at - 1].IsSymbol(',')) continue;
            if (!ExplainOptions.Contains(tokens[at].Text)) throw RefusedOption(tokens[at].Text);
        }

        return at + 1;
    }

    /// <summary>A parenthesis may also open the statement itself.</summary>
    private static bool IsOptionList(IReadOnlyList<SqlToken> tokens, int at) =>
        at + 1 < tokens.Count && tokens[at].IsSymbol('(') && !tokens[at + 1].IsSymbol('(') && !Kinds.Contains(tokens[at + 1].Text);

    private static QueryException RefusedOption(string option) =>
        Refused("explain_option", $"EXPLAIN with the option '{Shorten(option)}' is not run here. VERBOSE, COSTS, FORMAT and SUMMARY are.", option);

    private static string Shorten(string word) => word.Length <= 40 ? word : word[..40] + "…";

    private static QueryException Refused(string rule, string message, string? name = null) =>
        new(ErrorCodes.QueryRefused, rule, message) { ObjectName = name };
}
