namespace Sluice.Cli.Output;

/// <summary>What a cell of a table shows. A column of numbers alone is set to the right.</summary>
internal readonly record struct TextCell(string? Text, bool IsNumber = false)
{
    /// <summary>Whether it stays on one line however narrow the table is, so that it can be copied. Default: false.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>An id, which somebody copies into the next command line.</summary>
    public static TextCell Id(string id) => new(id) { IsWhole = true };

    public static implicit operator TextCell(string? text) => new(text);

    public static implicit operator TextCell(long number) => new(number.ToString(), IsNumber: true);

    public static implicit operator TextCell(long? number) => new(number?.ToString(), IsNumber: true);
}
