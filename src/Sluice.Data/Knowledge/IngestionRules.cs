using Sluice.Data.Catalog;

namespace Sluice.Data.Knowledge;

/// <summary>The rules of options, all of them checked together.</summary>
internal static class IngestionRules
{
    /// <summary>Checks environment and options.</summary>
    /// <exception cref="SpecValidationException">The options have problems (<c>invalid_options</c>).</exception>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    public static void Check(OpenDataEnvironment environment, DataScope scope, IngestionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataArguments.CheckScope(scope);
        if (environment.Catalog.IsReadOnly)
        {
            throw new SluiceException(
                ErrorCodes.CatalogReadOnly,
                "The catalog of this environment can only be read, and ingestion writes to it. "
                + "Configure one that is kept, such as \"catalog\": {\"url\": \"sqlite:catalog.db\"}.");
        }

        var problems = new List<SpecError>();
        if (!EntryIds.IsDatabaseId(options.DatabaseId))
            Add("databaseId", $"The database id '{options.DatabaseId}' is not 1 to 64 letters, digits, '-', '_' and '.'. Name the database, such as 'shop'.");

        if (string.IsNullOrWhiteSpace(options.SourceDirectory))
            Add("sourceDirectory", "The directory is blank. Name the one that holds the documents.");
        else if (!Directory.Exists(options.SourceDirectory))
            Add("sourceDirectory", $"The directory '{options.SourceDirectory}' does not exist. Name one that holds documents.");
        if (options.Extensions.Count == 0) Add("extensions", "There are no extensions. Name at least one, such as \"md\".");
        foreach (var extension in options.Extensions.Where(extension => Normalize(extension).Length < 2))
            Add("extensions", $"\"{extension}\" is no extension. Write it as \"md\" or \".md\".");
        if (options.MaxFileBytes is < 1 or > IKeyValueStore.MaxValueBytes)
            Add("maxFileBytes", $"{options.MaxFileBytes} is not from 1 to {IKeyValueStore.MaxValueBytes}.");
        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidOptions);

        void Add(string path, string message) => problems.Add(new(SpecErrorCodes.InvalidValue, path, message));
    }

    /// <summary>The extensions with their dots.</summary>
    public static IReadOnlyList<string> ExtensionsOf(IngestionOptions options) =>
        [.. options.Extensions.Select(Normalize).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What is said of a directory without documents.</summary>
    public static SpecValidationException NoDocuments(IngestionOptions options) => new(
        [
            new(
                SpecErrorCodes.InvalidValue, "sourceDirectory",
                $"The directory '{options.SourceDirectory}' holds no file that ends in {string.Join(" or ", ExtensionsOf(options))}. "
                + "Name another, or other extensions."),
        ],
        ErrorCodes.InvalidOptions);

    private static string Normalize(string extension) => $".{extension?.Trim().TrimStart('.')}";
}
