using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Data.Profiling;

namespace Sluice.Cli.Data.Profiling;

/// <summary>The options of profiling.</summary>
internal sealed class ProfileOptions
{
    private static readonly ProfilingOptions Default = new() { DatabaseId = "" };

    private readonly Option<string> _databaseId = DatabaseIdOption.Create();
    private readonly Option<int> _sampleSize = NumberOption.Create(
        "--sample-size", "N", "The rows that a larger table is sampled by, 100 to 1000000.", 100, ProfilingOptions.MostSampleSize, Default.SampleSize);

    private readonly Option<bool> _schemaOnly = new("--schema-only") { Description = "Only what the database says of itself. No row is read." };
    private readonly Option<int> _concurrency = NumberOption.Create(
        "--concurrency", "N", "The most tables at once, 1 to 32.", 1, ProfilingOptions.MostConcurrency, Default.Concurrency);

    private readonly Option<bool> _force = new("--force") { Description = "Look at tables that did not change, too." };

    /// <summary>The tables. Not part of every command.</summary>
    public Option<string[]> Tables { get; } = new("--table") { Description = "A table or view, with or without its schema. Repeatable.", HelpName = "NAME" };

    public IEnumerable<Option> All => [_databaseId, _sampleSize, _schemaOnly, _concurrency, _force];

    public ProfilingOptions Read(Invocation invocation) => new()
    {
        DatabaseId = invocation.Get(_databaseId)!,
        Tables = invocation.Get(Tables) ?? [],
        SampleSize = invocation.Get(_sampleSize),
        SchemaOnly = invocation.Get(_schemaOnly),
        Concurrency = invocation.Get(_concurrency),
        Force = invocation.Get(_force),
    };
}
