using Sluice.Data.Reading;

namespace Sluice.Data.Opening;

/// <summary>The rules of inline entries.</summary>
internal static class CatalogRules
{
    public static void Check(CatalogSettings catalog, string? kind, SettingsProblems problems)
    {
        if (kind == EnvironmentRules.Inline && catalog.Entries is null)
            problems.Add(SpecErrorCodes.MissingProperty, "catalog.entries", "An inline catalog needs its entries. Give them, or choose kind empty.");
        if (catalog.Entries is not { } entries) return;
        if (kind is not null && kind != EnvironmentRules.Inline)
            problems.Add("conflicting_settings", "catalog.entries", $"Entries are given, and the kind is {kind}. Leave them out, or choose kind inline.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++) Check(entries[i], $"catalog.entries[{i}]", ids, problems);
    }

    private static void Check(CatalogEntry entry, string path, HashSet<string> ids, SettingsProblems problems)
    {
        CheckTexts(entry, path, problems);
        if (!ids.Add(entry.Id)) problems.Add("duplicate_entry", $"{path}.id", $"Another entry has the id \"{entry.Id}\". Ids are unique.");
    }

    /// <summary>Checks the texts that an entry is stored and found by.</summary>
    /// <returns>Whether they can be stored.</returns>
    public static bool CheckTexts(CatalogEntry entry, string path, SettingsProblems problems)
    {
        var before = problems.Count;
        if (!DataArguments.IsEntryId(entry.Id))
        {
            problems.Add(
                SpecErrorCodes.InvalidValue, $"{path}.id",
                $"The id is blank, longer than {DataArguments.MostCharacters} characters, or no Unicode. Give another.");
        }

        foreach (var (name, value) in ((string, string)[])[("name", entry.Name), ("qualifiedName", entry.QualifiedName)])
        {
            if (string.IsNullOrWhiteSpace(value) || !DataArguments.IsText(value))
                problems.Add(SpecErrorCodes.InvalidValue, $"{path}.{name}", $"\"{name}\" is blank or no Unicode. Give it.");
        }

        var (databaseId, table, document) = (entry.Metadata.DatabaseId, entry.Metadata.TableName, entry.Metadata.DocumentId);
        foreach (var (name, value) in ((string, string?)[])[("databaseId", databaseId), ("tableName", table), ("documentId", document)])
        {
            if (value is not null && !DataArguments.IsText(value))
                problems.Add(SpecErrorCodes.InvalidValue, $"{path}.metadata.{name}", $"\"{name}\" is no Unicode, or holds NUL. Give another.");
        }

        return problems.Count == before;
    }
}
