namespace Sluice.Abstractions.Tests;

/// <summary>A wire shape that was agreed on: one line of JSON beside the tests. A change of shape shows as a one-line diff.</summary>
internal static class GoldenFile
{
    public static string Read(string room, string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, room, "golden", $"{name}.json")).TrimEnd('\n');
}
