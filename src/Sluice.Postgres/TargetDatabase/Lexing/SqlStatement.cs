using System.Text;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>One statement as it goes to the server, with what the gates ask about it.</summary>
internal sealed class SqlStatement
{
    private readonly IReadOnlyList<SqlToken> _tokens;

    private SqlStatement(string text, int innerStart, IReadOnlyList<SqlToken> tokens, IReadOnlyList<string> parameters)
    {
        (Text, Inner, IsExplain, _tokens, Parameters) = (text, text[innerStart..], innerStart > 0, tokens, parameters);
        Names = tokens.Where(token => token.IsName).Select(token => token.Text).ToHashSet();
        Calls = [.. FindCalls()];
        Chains = [.. FindChains()];
        Attributes = [.. FindAttributes()];
        Operators = [.. tokens.Where(token => token.Kind == SqlTokenKind.Operator).Select(token => token.Text)];
    }

    /// <summary>The statement with <c>$1</c>, <c>$2</c>, … for its parameters, without what stands before and after it.</summary>
    public string Text { get; }

    /// <summary>What is explained, or the statement itself.</summary>
    public string Inner { get; }

    public bool IsExplain { get; }

    /// <summary>The names of the parameters, in the order of their numbers.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Every name and keyword in it.</summary>
    public IReadOnlySet<string> Names { get; }

    public IReadOnlyList<CalledFunction> Calls { get; }

    /// <summary>Names joined by dots, two by two: <c>a.b.c</c> is <c>a.b</c> and <c>b.c</c>.</summary>
    public IReadOnlyList<(string Left, string Right)> Chains { get; }

    /// <summary>Names after a dot that are not called: columns, or functions of a row in the form <c>row.function</c>.</summary>
    public IReadOnlyList<string> Attributes { get; }

    public IReadOnlyList<string> Operators { get; }

    /// <summary>Whether anything is converted by a cast that is written out.</summary>
    public bool HasCast => Names.Contains("cast") || Enumerable.Range(0, _tokens.Count).Any(i => IsAt(i, ':') && IsAt(i + 1, ':'));

    /// <summary>Names that stand without a dot before or after them.</summary>
    public IEnumerable<string> LoneNames => Enumerable.Range(0, _tokens.Count)
        .Where(i => _tokens[i].IsName && !IsAt(i - 1, '.') && !IsAt(i + 1, '.') && !IsAt(i + 1, '('))
        .Select(i => _tokens[i].Text);

    /// <summary>Reads a statement.</summary>
    /// <param name="sql">What was asked for.</param>
    /// <param name="isStrict">Whether what is no single statement that reads is refused.</param>
    /// <exception cref="QueryException">It is none, or cannot be read.</exception>
    public static SqlStatement Read(string sql, bool isStrict)
    {
        if (!isStrict) return ReadLoosely(sql);
        var tokens = WithoutEnd(SqlLexer.Read(sql));
        return Create(sql, tokens, StatementGate.FindInner(tokens));
    }

    private static SqlStatement ReadLoosely(string sql)
    {
        try
        {
            var tokens = SqlLexer.Read(sql);
            return tokens.Count == 0 ? new(sql, 0, [], []) : Create(sql, tokens, 0);
        }
        catch (QueryException)
        {
            // Without the layer of the lexer the server judges the text as it is.
            return new(sql, 0, [], []);
        }
    }

    private static SqlStatement Create(string sql, IReadOnlyList<SqlToken> tokens, int inner)
    {
        var text = new StringBuilder();
        var (parameters, at, innerStart) = (new List<string>(), tokens[0].Start, 0);
        for (var i = 0; i < tokens.Count; i++)
        {
            text.Append(sql, at, tokens[i].Start - at);
            if (i == inner) innerStart = text.Length;
            at = tokens[i].End;
            if (tokens[i].Kind == SqlTokenKind.Parameter) text.Append($" ${NumberOf(tokens[i].Text, parameters)} ");
            else text.Append(sql, tokens[i].Start, at - tokens[i].Start);
        }

        return new(text.ToString(), innerStart, tokens, parameters);
    }

    private static int NumberOf(string name, List<string> parameters)
    {
        var index = parameters.IndexOf(name);
        if (index >= 0) return index + 1;
        parameters.Add(name);
        return parameters.Count;
    }

    private static IReadOnlyList<SqlToken> WithoutEnd(IReadOnlyList<SqlToken> tokens)
    {
        var count = tokens.Count;
        while (count > 0 && tokens[count - 1].IsSymbol(';')) count--;
        return [.. tokens.Take(count)];
    }

    private bool IsAt(int index, char symbol) => index >= 0 && index < _tokens.Count && _tokens[index].IsSymbol(symbol);

    private bool IsNameAt(int index) => index >= 0 && index < _tokens.Count && _tokens[index].IsName;

    private IEnumerable<CalledFunction> FindCalls()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (!_tokens[i].IsName || !IsAt(i + 1, '(')) continue;
            var schema = IsAt(i - 1, '.') && IsNameAt(i - 2) ? _tokens[i - 2].Text : null;
            var first = i;
            while (IsAt(first - 1, '.') && IsNameAt(first - 2)) first -= 2;
            var before = first > 0 ? _tokens[first - 1] : default;
            // What follows AS is the name of a table, a column or a type.
            if (schema is null && before.Text is not null && before.IsWord("as")) continue;
            yield return new(
                schema, _tokens[i].Text, _tokens[i].Kind == SqlTokenKind.QuotedWord, before.Text is not null && before.IsWord("tablesample"));
        }
    }

    private IEnumerable<(string Left, string Right)> FindChains()
    {
        for (var i = 1; i < _tokens.Count - 1; i++)
            if (IsAt(i, '.') && IsNameAt(i - 1) && IsNameAt(i + 1)) yield return (_tokens[i - 1].Text, _tokens[i + 1].Text);
    }

    private IEnumerable<string> FindAttributes()
    {
        for (var i = 1; i < _tokens.Count; i++)
            if (_tokens[i].IsName && IsAt(i - 1, '.') && !IsAt(i + 1, '(')) yield return _tokens[i].Text;
    }
}
