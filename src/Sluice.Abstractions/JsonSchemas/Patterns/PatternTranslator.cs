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

    private readonly PatternReader reader;
    private readonly PatternGroups groups;
    private readonly StringBuilder output = new();
    private readonly Stack<bool> openAssertions = new();
    private readonly bool withAstral;
    private bool isRepeatable;
    private int captures;
    private bool needsBacktracking;

    private PatternTranslator(string source, bool withAstral)
    {
        this.withAstral = withAstral;
        reader = new PatternReader(source);
        groups = PatternGroups.Scan(source);
    }

    /// <summary>Translates one pattern.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="withAstral">Whether texts may hold code points above U+FFFF; the pattern is much simpler where they may not.</param>
    /// <exception cref="FormatException">The pattern is not valid; the message says why and where.</exception>
    public static TranslatedPattern Translate(string source, bool withAstral) => new PatternTranslator(source, withAstral).Translate();

    private TranslatedPattern Translate()
    {
        while (!reader.IsAtEnd)
        {
            TranslateTerm();
            if (output.Length > MaxOutputLength) throw reader.Error("the pattern is too large");
        }
        if (openAssertions.Count > 0) throw reader.Error("a group is not closed");
        return new TranslatedPattern(output.ToString(), needsBacktracking);
    }

    private void TranslateTerm()
    {
        if (TryTranslateQuantifier()) return;
        var next = reader.Read();
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
                Emit(PatternClass.Read(reader));
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
        if (reader.TryTake('b')) EmitAssertion($"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))");
        else if (reader.TryTake('B')) EmitAssertion($"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))");
        else if (reader.TryTake('k')) EmitBackReference(groups.NumberOf(reader.ReadGroupName(), reader));
        else if (reader.Peek() is >= '1' and <= '9') EmitBackReference(groups.Check(reader.ReadNumber(), reader));
        else Emit(PatternEscape.Read(reader));
    }

    private void EmitAssertion(string text)
    {
        needsBacktracking = true;
        Emit(text, canRepeat: false);
    }

    // A group that has not taken part matches the empty string in ECMA-262 and fails in .NET, hence the condition.
    private void EmitBackReference(int number)
    {
        needsBacktracking = true;
        Emit($@"(?({number})\{number})", canRepeat: true);
    }

    private void Emit(CodePointSet set) => Emit(set.ToRegex(withAstral), canRepeat: true);

    private void Emit(string text, bool canRepeat)
    {
        output.Append(text);
        isRepeatable = canRepeat;
    }

    private void Open()
    {
        var isAssertion = false;
        var text = "(?:";
        if (reader.TryTake("?:"))
        {
            // Nothing to capture.
        }
        else if (reader.TryTakeAny(["?=", "?!", "?<=", "?<!"], out var assertion))
        {
            isAssertion = needsBacktracking = true;
            text = "(" + assertion;
        }
        else
        {
            if (reader.TryTake('?')) reader.ReadGroupName();
            // Explicit numbers, because .NET numbers named groups after all others.
            text = $"(?<{++captures}>";
        }
        openAssertions.Push(isAssertion);
        Emit(text, canRepeat: false);
    }

    private void Close()
    {
        if (!openAssertions.TryPop(out var isAssertion)) throw reader.Error("a closing parenthesis has no opening one");
        Emit(")", canRepeat: !isAssertion);
    }

    private bool TryTranslateQuantifier()
    {
        if (!reader.TryReadQuantifier(out var minimum, out var maximum)) return false;
        if (!isRepeatable) throw reader.Error("there is nothing to repeat");
        output.Append(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}");
        if (reader.TryTake('?')) output.Append('?');
        isRepeatable = false;
        return true;
    }
}
