using Sluice.Data.Catalog;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Enrichment;

/// <summary>What has to hold before a database can be enriched. All that does not is reported together.</summary>
internal static class EnrichmentRules
{
    /// <summary>Checks environment and options.</summary>
    /// <exception cref="SpecValidationException">The options cannot be used (<c>invalid_options</c>).</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public static void Check(OpenDataEnvironment environment, DataScope scope, EnrichmentOptions options, bool needsClient)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataArguments.CheckScope(scope);
        if (environment.Catalog.IsReadOnly)
        {
            throw new SluiceException(
                ErrorCodes.CatalogReadOnly,
                "The catalog of this environment can only be read, and enrichment writes to it. "
                + "Configure one that is kept, such as \"catalog\": {\"url\": \"sqlite:catalog.db\"}.");
        }

        SpecError[] problems = [.. Problems(options, needsClient)];
        if (problems.Length > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);
    }

    /// <summary>The tables that the options name; all where they name none.</summary>
    /// <exception cref="SpecValidationException">There is no such table, or several, or none at all (<c>invalid_options</c>).</exception>
    public static IReadOnlyList<CatalogEntry> Select(IReadOnlyList<CatalogEntry> tables, EnrichmentOptions options)
    {
        if (tables.Count == 0)
            throw Refusal([new("unknown_table", "databaseId", $"The catalog has no tables of a database '{options.DatabaseId}'. Profile it first.")]);
        if (options.Tables.Count == 0) return tables;
        var (problems, selected) = (new List<SpecError>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < options.Tables.Count; i++)
        {
            var name = options.Tables[i];
            var named = tables.Where(table => Is(table.Name, name) || Is(table.QualifiedName, name)).ToArray();
            if (named.Length == 1) selected.Add(named[0].Id);
            else problems.Add(new("unknown_table", $"tables[{i}]", ProblemOf(name, named, tables)));
        }

        return problems.Count == 0 ? [.. tables.Where(table => selected.Contains(table.Id))] : throw Refusal(problems);
    }

    private static IEnumerable<SpecError> Problems(EnrichmentOptions options, bool needsClient)
    {
        if (!EntryIds.IsDatabaseId(options.DatabaseId))
        {
            yield return new(
                "invalid_database_id", "databaseId",
                $"The database id '{options.DatabaseId}' is not 1 to 64 letters, digits, '-', '_' and '.'. Name the database, such as 'shop'.");
        }

        if (needsClient && options.Client is null) yield return new(SpecErrorCodes.MissingProperty, "client", "There is no model to ask. Give a client.");
        if (options.Concurrency is < 1 or > EnrichmentOptions.MostConcurrency)
            yield return new("out_of_range", "concurrency", $"The concurrency {options.Concurrency} is not from 1 to {EnrichmentOptions.MostConcurrency} tables.");
        if (options.MaxTokens is < 1) yield return new("out_of_range", "maxTokens", $"{options.MaxTokens} tokens are not positive. Leave it out for no limit.");
        if (options.InputPricePerMillion is < 0) yield return new("out_of_range", "inputPricePerMillion", "The price is negative.");
        if (options.OutputPricePerMillion is < 0) yield return new("out_of_range", "outputPricePerMillion", "The price is negative.");
    }

    private static string ProblemOf(string name, CatalogEntry[] named, IReadOnlyList<CatalogEntry> tables)
    {
        if (named.Length > 1) return $"Several tables are called '{name}': {string.Join(", ", named.Select(table => table.QualifiedName))}. Name one with its schema.";
        var names = tables.Select(table => table.Name).Concat(tables.Select(table => table.QualifiedName)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return $"The catalog has no table '{name}'{NearestName.Suggest(name, names, "tables are")}";
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static SpecValidationException Refusal(IReadOnlyList<SpecError> problems) => new(problems, ErrorCodes.InvalidOptions);
}
