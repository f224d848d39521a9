using System.Text;

namespace Sluice.Data;

/// <summary>The checks that every key-value store and every catalog makes before it does anything.</summary>
public static class DataArguments
{
    /// <summary>The most characters of a tenant, a workspace, a key of a key-value store, or an id of an entry.</summary>
    public const int MostCharacters = 512;

    private const int MostProblems = 20;

    /// <summary>Checks a scope.</summary>
    /// <param name="scope">Whose data.</param>
    /// <exception cref="ArgumentException">The tenant or the workspace is blank, too long, or has NUL or half of a pair of characters.</exception>
    public static void CheckScope(DataScope scope)
    {
        if (ProblemOf(scope.TenantId) is { } tenant) throw new ArgumentException($"The tenant {tenant}.", nameof(scope));
        if (ProblemOf(scope.WorkspaceId) is { } workspace) throw new ArgumentException($"The workspace {workspace}.", nameof(scope));
    }

    /// <summary>Checks a key of a key-value store.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">It is empty, too long, or has NUL or half of a pair of characters.</exception>
    public static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (TextProblemOf(key) is { } problem) throw new ArgumentException($"The key {problem}.", nameof(key));
    }

    /// <summary>Checks what keys are to begin with.</summary>
    /// <param name="prefix">The text; empty: all keys.</param>
    /// <exception cref="ArgumentException">It is too long, or has NUL or half of a pair of characters.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (TextProblemOf(prefix) is { } problem) throw new ArgumentException($"The prefix {problem}.", nameof(prefix));
    }

    /// <summary>Checks a value of a key-value store.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It is longer than <see cref="IKeyValueStore.MaxValueBytes"/>.</exception>
    public static void CheckValue(ReadOnlyMemory<byte> value)
    {
        if (value.Length > IKeyValueStore.MaxValueBytes)
            throw new ArgumentException($"The value has {value.Length} bytes; at most {IKeyValueStore.MaxValueBytes} are allowed.", nameof(value));
    }

    /// <summary>Checks entries of a catalog.</summary>
    /// <param name="entries">What is to be written.</param>
    /// <exception cref="ArgumentException">An id is there twice, or a text that entries are found by is blank or no text; the message lists the problems.</exception>
    public static void CheckEntries(IReadOnlyList<CatalogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<string>();
        for (var i = 0; i < entries.Count && problems.Count < MostProblems; i++) CheckEntry(i, entries[i], ids, problems);
        if (problems.Count > 0) throw new ArgumentException(string.Join(' ', problems), nameof(entries));
    }

    /// <summary>Whether an entry can have this id. One that none can have is simply not there.</summary>
    /// <param name="id">The id.</param>
    public static bool IsEntryId(string? id) => ProblemOf(id) is null;

    /// <summary>Whether this can be stored as a text: no NUL, no half of a pair of characters. What can't is found nowhere.</summary>
    /// <param name="text">The text.</param>
    public static bool IsText(string? text) => text is not null && !text.Contains('\0', StringComparison.Ordinal) && IsUnicode(text);

    private static void CheckEntry(int index, CatalogEntry entry, HashSet<string> ids, List<string> problems)
    {
        if (entry is null)
        {
            problems.Add($"Entry {index} is null.");
            return;
        }

        if (ProblemOf(entry.Id) is { } problem) Add($"the id {problem}");
        else if (!ids.Add(entry.Id)) Add("the id is there twice");
        if (string.IsNullOrWhiteSpace(entry.Name)) Add("the name is blank");
        if (string.IsNullOrWhiteSpace(entry.QualifiedName)) Add("the qualified name is blank");
        if (entry.Metadata is null) Add("the metadata is null");
        if (!Enum.IsDefined(entry.ItemType)) Add($"'{entry.ItemType}' is no item type");
        var (name, qualified, metadata) = (entry.Name ?? "", entry.QualifiedName ?? "", entry.Metadata);
        foreach (var text in (string[])[name, qualified, metadata?.DatabaseId ?? "", metadata?.TableName ?? "", metadata?.DocumentId ?? ""])
            if (!IsText(text)) Add("a name holds NUL or half of a pair of characters");

        void Add(string what) => problems.Add($"Entry {index} ('{entry.Id}'): {what}.");
    }

    private static string? ProblemOf(string? text) => string.IsNullOrWhiteSpace(text) ? "is blank" : TextProblemOf(text);

    private static string? TextProblemOf(string text) =>
        text.Length > MostCharacters ? $"has {text.Length} characters; at most {MostCharacters} are allowed"
        : IsText(text) ? null : "holds NUL or half of a pair of characters, which cannot be stored";

    private static bool IsUnicode(string text)
    {
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            var next = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0) return true;
            if (Rune.DecodeFromUtf16(rest[next..], out _, out var consumed) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[(next + consumed)..];
        }

        return true;
    }
}
