using System.Globalization;
using System.Reflection;

namespace Sluice.Postgres.Schema;

/// <summary>The versioned scripts of the schema, in order. Script 1 makes version 1 from nothing, script 2 version 2 from 1, ….</summary>
internal sealed class SchemaScripts(params IReadOnlyList<string> scripts)
{
    public static SchemaScripts Embedded { get; } = new([.. ReadEmbedded()]);

    /// <summary>The version that this build reads and writes.</summary>
    public int Version => scripts.Count;

    public IEnumerable<(int Version, string Sql)> After(int version) => scripts.Select((sql, index) => (index + 1, sql)).Skip(version);

    private static IEnumerable<string> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        for (var version = 1; assembly.GetManifestResourceStream(version.ToString("000", CultureInfo.InvariantCulture) + ".sql") is { } stream; version++)
        {
            using var reader = new StreamReader(stream);
            yield return reader.ReadToEnd();
        }
    }
}
