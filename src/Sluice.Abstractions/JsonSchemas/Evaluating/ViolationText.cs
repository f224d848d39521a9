using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Builds a message only while violations are collected, so that the failing fast pass formats nothing.</summary>
[InterpolatedStringHandler]
internal readonly ref struct ViolationText
{
    private readonly StringBuilder? _builder;

    public ViolationText(int literalLength, int formattedCount, Evaluation evaluation, out bool isNeeded)
    {
        isNeeded = evaluation.IsCollecting;
        _builder = isNeeded ? new StringBuilder(literalLength + (formattedCount * 16)) : null;
    }

    public void AppendLiteral(string text) => _builder?.Append(text);

    public void AppendFormatted(string? text) => _builder?.Append(text);

    public void AppendFormatted(long number) => _builder?.Append(number);

    public void AppendFormatted(in Instance value) => _builder?.Append(Excerpt.Of(value));

    public override string ToString() => _builder?.ToString() ?? "";
}
