using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Cli.Output;

/// <summary>Results as JSON on standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Line = new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 1000 };
    private static readonly JsonSerializerOptions Document = new(Line) { WriteIndented = true, NewLine = "\n" };

    /// <summary>One document, indented.</summary>
    public static void WriteJson<T>(this Terminal terminal, T value) => terminal.Out.WriteLine(JsonSerializer.Serialize(value, Document));

    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <summary>One event on a line of its own, out at once: somebody may be waiting for it.</summary>
    public static void WriteEvent<T>(this Terminal terminal, T value)
    {
        terminal.Out.WriteLine(ToLine(value));
        terminal.Out.Flush();
    }
}
