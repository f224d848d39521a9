namespace Sluice.DataSets.Databases;

/// <summary>Lines of texts that come with the assembly, without empty ones and comments.</summary>
internal static class DataText
{
    public static IEnumerable<string> ReadLines(string name)
    {
        using var stream = typeof(DataText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#');
    }
}
