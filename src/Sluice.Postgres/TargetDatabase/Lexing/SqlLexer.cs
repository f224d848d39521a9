using System.Text;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>Splits a statement into tokens by PostgreSQL's rules with standard strings. What it does not model it refuses.</summary>
internal sealed class SqlLexer
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";
    private const int LongestName = 63;

    private readonly string _sql;
    private readonly bool _isOfPlan;
    private readonly List<SqlToken> _tokens = [];
    private int _at;

    private SqlLexer(string sql, bool isOfPlan) => (_sql, _isOfPlan) = (sql, isOfPlan);

    /// <summary>The tokens without comments.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="isOfPlan">Whether the engine wrote it, in a plan, where values of other parts have numbers.</param>
    /// <exception cref="QueryException">The text cannot be read as PostgreSQL would.</exception>
    public static IReadOnlyList<SqlToken> Read(string sql, bool isOfPlan = false)
    {
        var lexer = new SqlLexer(sql, isOfPlan);
        while (lexer.SkipSpace()) lexer.ReadToken();
        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int distance) => _at + distance < _sql.Length ? _sql[_at + distance] : '\0';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';

    private bool SkipSpace()
    {
        while (_at < _sql.Length)
        {
            if (IsSpace(Current)) _at++;
            else if (Current == '-' && Peek(1) == '-') SkipLineComment();
            else if (Current == '/' && Peek(1) == '*') SkipBlockComment();
            else return true;
        }

        return false;
    }

    private void SkipLineComment()
    {
        while (_at < _sql.Length && Current is not ('\n' or '\r')) _at++;
    }

    private void SkipBlockComment()
    {
        var depth = 0;
        do
        {
            if (_at >= _sql.Length) throw Refused("unterminated", "A comment is not closed: each '/*' needs its '*/', also inside another comment.");
            var isMark = (Current == '/' && Peek(1) == '*') || (Current == '*' && Peek(1) == '/');
            if (isMark) depth += Current == '/' ? 1 : -1;
            _at += isMark ? 2 : 1;
        }
        while (depth > 0);
    }

    private void ReadToken()
    {
        var c = Current;
        if (c is 'u' or 'U' && Peek(1) == '&' && Peek(2) is '\'' or '"')
            throw Refused("unicode_escape", "Texts and names in the form U&'…' are not accepted: write the characters themselves.");
        if (c is 'e' or 'E' && Peek(1) == '\'') ReadEscapeText();
        else if (c is 'b' or 'B' or 'x' or 'X' or 'n' or 'N' && Peek(1) == '\'') ReadText(prefix: 1);
        else if (IsNameStart(c)) ReadWord();
        else if (c == '"') ReadQuotedWord();
        else if (c == '\'') ReadText(prefix: 0);
        else if (c == '$') ReadDollar();
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber();
        else if (OperatorCharacters.Contains(c)) ReadOperator();
        else Add(SqlTokenKind.Symbol, _at, ++_at);
    }

    private void ReadWord()
    {
        var start = _at;
        while (_at < _sql.Length && IsNamePart(Current)) _at++;
        AddName(SqlTokenKind.Word, start, Fold(_sql[start.._at]));
    }

    private void ReadQuotedWord()
    {
        var start = _at;
        SkipQuoted('"', "A name in double quotes is not closed.");
        AddName(SqlTokenKind.QuotedWord, start, _sql[(start + 1)..(_at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal));
    }

    private void ReadText(int prefix)
    {
        var start = _at;
        _at += prefix;
        SkipQuoted('\'', "A text in single quotes is not closed.");
        Add(SqlTokenKind.Text, start, _at);
    }

    private void SkipQuoted(char quote, string problem)
    {
        _at++;
        while (true)
        {
            if (_at >= _sql.Length) throw Refused("unterminated", problem);
            if (_sql[_at++] != quote) continue;
            if (Current != quote) return;
            _at++;
        }
    }

    /// <summary>A part that follows after a line break belongs to the text, with its escapes.</summary>
    private void ReadEscapeText()
    {
        var start = _at++;
        do
        {
            _at++;
            while (true)
            {
                if (_at >= _sql.Length) throw Refused("unterminated", "A text in single quotes is not closed.");
                var c = _sql[_at++];
                if (c == '\\') _at++;
                else if (c == '\'' && Current != '\'') break;
                else if (c == '\'') _at++;
            }
        }
        while (GoesOnInAnotherLine());
        Add(SqlTokenKind.Text, start, _at);
    }

    private bool GoesOnInAnotherLine()
    {
        var end = _at;
        while (_at < _sql.Length)
        {
            if (IsSpace(Current)) _at++;
            else if (Current == '-' && Peek(1) == '-') SkipLineComment();
            else break;
        }

        if (Current == '\'' && _sql.AsSpan(end, _at - end).ContainsAny('\n', '\r')) return true;
        _at = end;
        return false;
    }

    private void ReadDollar()
    {
        if (char.IsAsciiDigit(Peek(1)) && !_isOfPlan) throw Refused("parameter_form", "Parameters are written '@name', not by number.");
        var start = _at;
        var length = 1;
        while (IsNamePart(Peek(length)) && Peek(length) != '$') length++;
        if (Peek(length) != '$')
        {
            Add(SqlTokenKind.Symbol, _at, ++_at);
            return;
        }

        var mark = _sql.Substring(_at, length + 1);
        var end = _sql.IndexOf(mark, _at + mark.Length, StringComparison.Ordinal);
        if (end < 0) throw Refused("unterminated", $"A text in dollar quotes is not closed: '{mark}' is missing at its end.");
        _at = end + mark.Length;
        Add(SqlTokenKind.Text, start, _at);
    }

    private void ReadNumber()
    {
        var start = _at;
        while (char.IsAsciiDigit(Current) || Current == '.') _at++;
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Current is 'e' or 'E' && char.IsAsciiDigit(Peek(1 + sign)))
        {
            _at += 1 + sign;
            while (char.IsAsciiDigit(Current)) _at++;
        }

        Add(SqlTokenKind.Number, start, _at);
    }

    private void ReadOperator()
    {
        var start = _at;
        while (_at < _sql.Length && OperatorCharacters.Contains(Current) && !StartsComment()) _at++;
        var isBeforeName = _sql[_at - 1] == '@' && (char.IsAsciiLetter(Current) || Current == '_');
        // '<@' and '@@' are operators of their own.
        if (!isBeforeName || (_at - start > 1 && _sql[_at - 2] is '<' or '@'))
        {
            Add(SqlTokenKind.Operator, start, _at);
            return;
        }

        if (_at - 1 > start) Add(SqlTokenKind.Operator, start, _at - 1);
        var parameter = _at - 1;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_') _at++;
        _tokens.Add(new(SqlTokenKind.Parameter, parameter, _at, _sql[(parameter + 1).._at]));
    }

    private bool StartsComment() => (Current == '-' && Peek(1) == '-') || (Current == '/' && Peek(1) == '*');

    private void AddName(SqlTokenKind kind, int start, string name)
    {
        // The engine would cut it, and so call what has the shorter name.
        if (Encoding.UTF8.GetByteCount(name) > LongestName) throw Refused("name_too_long", $"A name is longer than {LongestName} bytes.");
        _tokens.Add(new(kind, start, _at, name));
    }

    private void Add(SqlTokenKind kind, int start, int end) => _tokens.Add(new(kind, start, end, _sql[start..end]));

    /// <summary>The engine folds the letters of ASCII only.</summary>
    private static string Fold(string word) => string.Create(word.Length, word, (letters, from) =>
    {
        for (var i = 0; i < letters.Length; i++) letters[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    private static QueryException Refused(string rule, string message) => new(ErrorCodes.QueryRefused, rule, message);
}
