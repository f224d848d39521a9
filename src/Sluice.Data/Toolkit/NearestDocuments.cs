using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Toolkit;

/// <summary>Finds the documents that were probably meant by an id that none has.</summary>
internal static class NearestDocuments
{
    private const int Most = 5;

    /// <summary>Those whose path holds what was written after the last colon, or else the one whose path or file name is nearest.</summary>
    public static IEnumerable<CatalogEntry> Find(string id, IReadOnlyList<CatalogEntry> documents)
    {
        var part = id.LastIndexOf('#');
        var wanted = (part > 0 ? id[..part] : id)[(id.LastIndexOf(':', part > 0 ? part : id.Length - 1) + 1)..].Trim('"');
        if (wanted.Length == 0) return [];
        var holding = documents.Where(document => document.QualifiedName.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Take(Most).ToArray();
        if (holding.Length > 0) return holding;
        var near = NearestName.Find(wanted, documents.Select(document => document.QualifiedName))
            ?? NearestName.Find(FileNameOf(wanted), documents.Select(document => FileNameOf(document.QualifiedName)));
        return documents.Where(document => document.QualifiedName == near || FileNameOf(document.QualifiedName) == near).Take(Most);
    }

    private static string FileNameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
