using Sluice.Data.Catalog;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Profiling;

/// <summary>What has to hold before a database can be profiled. All that does not is reported together.</summary>
internal static class ProfilingRules
{
    private const int LeastSampleSize = 100;

    /// <summary>Checks environment and options.</summary>
    /// <exception cref="SpecValidationException">The options cannot be used, or the environment has no database (<c>invalid_options</c>).</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public static void Check(OpenDataEnvironment environment, DataScope scope, ProfilingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataArguments.CheckScope(scope);
        if (environment.Catalog.IsReadOnly)
        {
            throw new SluiceException(
                ErrorCodes.CatalogReadOnly, "The catalog of this environment can only be read, and profiling writes to it. Configure one that is kept, such as \"catalog\": {\"url\": \"sqlite:catalog.db\"}.");
        }

        SpecError[] problems = [.. Problems(environment, options)];
        if (problems.Length > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);
    }

    /// <summary>The tables that the options name; all where they name none.</summary>
    /// <exception cref="SpecValidationException">There is no such table, or several (<c>invalid_options</c>).</exception>
    public static IReadOnlyList<TableDescription> Select(IReadOnlyList<TableDescription> schema, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return schema;
        var problems = new List<SpecError>();
        var selected = new HashSet<TableDescription>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < names.Count; i++)
        {
            var named = schema.Where(table => IsNamed(table, names[i])).ToArray();
            if (named.Length == 1) selected.Add(named[0]);
            else problems.Add(new("unknown_table", $"tables[{i}]", ProblemOf(names[i], named, schema)));
        }

        return problems.Count == 0 ? [.. schema.Where(selected.Contains)] : throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);
    }

    private static IEnumerable<SpecError> Problems(OpenDataEnvironment environment, ProfilingOptions options)
    {
        if (environment.TargetDatabase is null) yield return new(SpecErrorCodes.MissingProperty, "targetDatabase", "The environment has no database to profile. Add \"targetDatabase\" to it.");
        if (!EntryIds.IsDatabaseId(options.DatabaseId))
            yield return new("invalid_database_id", "databaseId", $"The database id '{options.DatabaseId}' is not 1 to 64 letters, digits, '-', '_' and '.'. Name the database, such as 'shop'.");
        if (options.SampleSize is < LeastSampleSize or > ProfilingOptions.MostSampleSize)
            yield return new("out_of_range", "sampleSize", $"The sample size {options.SampleSize} is not from {LeastSampleSize} to {ProfilingOptions.MostSampleSize} rows.");
        if (options.Concurrency is < 1 or > ProfilingOptions.MostConcurrency)
            yield return new("out_of_range", "concurrency", $"The concurrency {options.Concurrency} is not from 1 to {ProfilingOptions.MostConcurrency} tables.");
        if (options.QueryTimeout <= TimeSpan.Zero || options.QueryTimeout > TimeSpan.FromDays(1))
            yield return new("out_of_range", "queryTimeout", $"The query timeout {options.QueryTimeout} is not positive, or longer than a day.");
    }

    private static bool IsNamed(TableDescription table, string name) =>
        table.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || $"{table.Schema}.{table.Name}".Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string ProblemOf(string name, TableDescription[] named, IReadOnlyList<TableDescription> schema)
    {
        if (named.Length > 1) return $"Several tables are called '{name}': {string.Join(", ", named.Select(table => $"{table.Schema}.{table.Name}"))}. Name one with its schema.";
        var names = schema.SelectMany(table => (string[])[table.Name, $"{table.Schema}.{table.Name}"]).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return $"There is no table '{name}'{NearestName.Suggest(name, names, "tables are")}";
    }
}
