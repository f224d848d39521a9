using System.Globalization;
using System.Text;

namespace Sluice.JsonSchemas.Patterns;

/// <summary>
/// Translates ECMA-262 regular expressions with Unicode semantics (the <c>u</c> flag) to .NET. Every character class becomes an explicit set of
/// code points, so no .NET class with another meaning is left over. A lone brace and an escaped punctuation mark are taken
/// literally, as authors expect, although the <c>u</c> flag forbids them.
/// </summary>
internal sealed class PatternTranslator
{
    private const int MaxOutputLength = 256 * 1024;
    private const long MaxAutomatonWeight = 2000;
    private const string Word = "[0-9A-Za-z_]";

    private readonly PatternReader reader;
    private readonly PatternGroups groups;
    private readonly StringBuilder output = new();
    private readonly Stack<OpenGroup> open = new();
    private long weight;
    private long atomWeight;
    private int captures;
    private bool needsBacktracking;

    private PatternTranslator(string source)
    {
        reader = new PatternReader(source);
        groups = PatternGroups.Scan(source);
    }

    /// <summary>Translates one pattern.</summary>
    /// <exception cref="FormatException">The pattern is not valid; the message says why and where.</exception>
    public static TranslatedPattern Translate(string source) => new PatternTranslator(source).Translate();

    private TranslatedPattern Translate()
    {
        while (!reader.IsAtEnd)
        {
            TranslateTerm();
            if (output.Length > MaxOutputLength) throw reader.Error("the pattern is too large");
        }
        if (open.Count > 0) throw reader.Error("a group is not closed");
        return new TranslatedPattern(output.ToString(), needsBacktracking || weight > MaxAutomatonWeight);
    }

    private void TranslateTerm()
    {
        if (TryTranslateQuantifier()) return;
        var next = reader.Read();
        switch (next)
        {
            case '|':
                Emit("|", 0);
                break;
            case '(':
                Open();
                break;
            case ')':
                Close();
                break;
            case '^':
                Emit("^", 0);
                break;
            case '$':
                Emit(@"\z", 0);
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
        Emit(text, 0);
    }

    // A group that has not taken part matches the empty string in ECMA-262 and fails in .NET, hence the condition.
    private void EmitBackReference(int number)
    {
        needsBacktracking = true;
        Emit($@"(?({number})\{number})", 1);
    }

    private void Emit(CodePointSet set) => Emit(set.ToRegex(), 1);

    private void Emit(string text, long newAtomWeight)
    {
        output.Append(text);
        weight += newAtomWeight;
        atomWeight = newAtomWeight;
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
        output.Append(text);
        open.Push(new OpenGroup(weight, isAssertion));
        weight = 0;
        atomWeight = 0;
    }

    private void Close()
    {
        if (!open.TryPop(out var group)) throw reader.Error("a closing parenthesis has no opening one");
        output.Append(')');
        atomWeight = group.IsAssertion ? 0 : Math.Max(weight, 1);
        weight = group.OuterWeight + Math.Max(weight, 1);
    }

    private bool TryTranslateQuantifier()
    {
        if (!reader.TryReadQuantifier(out var minimum, out var maximum)) return false;
        if (atomWeight == 0) throw reader.Error("there is nothing to repeat");
        output.Append(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}");
        if (reader.TryTake('?')) output.Append('?');
        var times = Math.Max(maximum ?? minimum, 1);
        // Saturates far above the limit instead of overflowing.
        weight = Math.Min(weight + (Math.Min(atomWeight, 1L << 30) * (times - 1L)), 1L << 30);
        atomWeight = 0;
        return true;
    }

    private readonly record struct OpenGroup(long OuterWeight, bool IsAssertion);
}
