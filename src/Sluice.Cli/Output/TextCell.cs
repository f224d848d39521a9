namespace Sluice.Cli.Output;

/// <summary>What a cell of a table shows. A column of numbers alone is set to the right.</summary>
internal readonly record struct TextCell(string? Text, bool IsNumber = false)
{
    public static implicit operator TextCell(string? text) => new(text);

    public static implicit operator TextCell(long number) => new(number.ToString(), IsNumber: true);

    public static implicit operator TextCell(long? number) => new(number?.ToString(), IsNumber: true);
}
