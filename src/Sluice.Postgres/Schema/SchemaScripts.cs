using System.Globalization;
using System.Reflection;

namespace Sluice.Postgres.Schema;

/// <summary>The versioned scripts of a schema, in order. Script 1 makes version 1 from nothing, script 2 version 2 from 1, ….</summary>
internal sealed class SchemaScripts(params IReadOnlyList<string> scripts)
{
    /// <summary>The schema of runtime storage.</summary>
    public static SchemaScripts Embedded { get; } = new([.. ReadEmbedded("")]);

    /// <summary>The schema of catalogs and key-value stores. Its versions are counted apart, so that it may share a schema with a storage.</summary>
    public static SchemaScripts Data { get; } = new([.. ReadEmbedded("data.")]) { VersionTable = "data_schema_version" };

    /// <summary>The table that tells which versions were applied.</summary>
    public string VersionTable { get; init; } = "schema_version";

    /// <summary>The version that this build reads and writes.</summary>
    public int Version => scripts.Count;

    public IEnumerable<(int Version, string Sql)> After(int version) => scripts.Select((sql, index) => (index + 1, sql)).Skip(version);

    private static IEnumerable<string> ReadEmbedded(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        for (var version = 1; assembly.GetManifestResourceStream($"{prefix}{version.ToString("000", CultureInfo.InvariantCulture)}.sql") is { } stream; version++)
        {
            using var reader = new StreamReader(stream);
            yield return reader.ReadToEnd();
        }
    }
}
