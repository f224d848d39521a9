using System.Globalization;
using System.Text;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>
/// Translates ECMA-262 regular expressions with Unicode semantics (the <c>u</c> flag) to .NET. Every character class becomes an explicit
/// set of code points, so no .NET class with another meaning is left over. A lone brace and an escaped punctuation mark are taken
/// literally, as authors expect, although the <c>u</c> flag forbids them.
/// </summary>
internal sealed class PatternTranslator
{
    private const int MaxOutputLength = 64 * 1024;
    private const string Word = "[0-9A-Za-z_]";

    private readonly PatternReader _reader;
    private readonly PatternGroups _groups;
    private readonly StringBuilder _output = new();
    private readonly Stack<bool> _openAssertions = new();
    private readonly bool _withAstral;
    private bool _isRepeatable;
    private int _captures;
    private bool _needsBacktracking;

    private PatternTranslator(string source, bool withAstral)
    {
        _withAstral = withAstral;
        _reader = new PatternReader(source);
        _groups = PatternGroups.Scan(source);
    }

    /// <summary>Translates one pattern.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="withAstral">Whether texts may hold code points above U+FFFF; the pattern is much simpler where they may not.</param>
    /// <exception cref="FormatException">The pattern is not valid; the message says why and where.</exception>
    public static TranslatedPattern Translate(string source, bool withAstral) => new PatternTranslator(source, withAstral).Translate();

    private TranslatedPattern Translate()
    {
        while (!_reader.IsAtEnd)
        {
            TranslateTerm();
            if (_output.Length > MaxOutputLength) throw _reader.Error("the pattern is too large");
        }
        if (_openAssertions.Count > 0) throw _reader.Error("a group is not closed");
        return new TranslatedPattern(_output.ToString(), _needsBacktracking);
    }

    private void TranslateTerm()
    {
        if (TryTranslateQuantifier()) return;
        var next = _reader.Read();
        switch (next)
        {
            case '|':
                Emit("|", canRepeat: false);
                break;
            case '(':
                Open();
                break;
            case ')':
                Close();
                break;
            case '^':
                Emit("^", canRepeat: false);
                break;
            case '$':
                Emit(@"\z", canRepeat: false);
                break;
            case '.':
                Emit(CodePointSet.AnyButLineEnd);
                break;
            case '[':
                Emit(PatternClass.Read(_reader));
                break;
            case '\\':
                TranslateEscape();
                break;
            default:
                Emit(new CodePointSet([(next, next)]));
                break;
        }
    }

    private void TranslateEscape()
    {
        if (_reader.TryTake('b')) EmitAssertion($"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))");
        else if (_reader.TryTake('B')) EmitAssertion($"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))");
        else if (_reader.TryTake('k')) EmitBackReference(_groups.NumberOf(_reader.ReadGroupName(), _reader));
        else if (_reader.Peek() is >= '1' and <= '9') EmitBackReference(_groups.Check(_reader.ReadNumber(), _reader));
        else Emit(PatternEscape.Read(_reader));
    }

    private void EmitAssertion(string text)
    {
        _needsBacktracking = true;
        Emit(text, canRepeat: false);
    }

    // A group that has not taken part matches the empty string in ECMA-262 and fails in .NET, hence the condition.
    private void EmitBackReference(int number)
    {
        _needsBacktracking = true;
        Emit($@"(?({number})\{number})", canRepeat: true);
    }

    private void Emit(CodePointSet set) => Emit(set.ToRegex(_withAstral), canRepeat: true);

    private void Emit(string text, bool canRepeat)
    {
        _output.Append(text);
        _isRepeatable = canRepeat;
    }

    private void Open()
    {
        var isAssertion = false;
        var text = "(?:";
        if (_reader.TryTake("?:"))
        {
            // Nothing to capture.
        }
        else if (_reader.TryTakeAny(["?=", "?!", "?<=", "?<!"], out var assertion))
        {
            isAssertion = _needsBacktracking = true;
            text = "(" + assertion;
        }
        else
        {
            if (_reader.TryTake('?')) _reader.ReadGroupName();
            // Explicit numbers, because .NET numbers named groups after all others.
            text = $"(?<{++_captures}>";
        }
        _openAssertions.Push(isAssertion);
        Emit(text, canRepeat: false);
    }

    private void Close()
    {
        if (!_openAssertions.TryPop(out var isAssertion)) throw _reader.Error("a closing parenthesis has no opening one");
        Emit(")", canRepeat: !isAssertion);
    }

    private bool TryTranslateQuantifier()
    {
        if (!_reader.TryReadQuantifier(out var minimum, out var maximum)) return false;
        if (!_isRepeatable) throw _reader.Error("there is nothing to repeat");
        _output.Append(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}");
        if (_reader.TryTake('?')) _output.Append('?');
        _isRepeatable = false;
        return true;
    }
}
