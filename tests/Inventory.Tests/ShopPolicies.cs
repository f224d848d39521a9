namespace Inventory.Tests;

/// <summary>The policies that come with the example, and copies of them that say something else.</summary>
internal static class ShopPolicies
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "policies");

    public static Policies AsWritten { get; } = new(Folder);

    /// <summary>A folder with the same documents but for one text in one of them.</summary>
    public static string With(TemporaryFolder folder, string file, string text, string instead)
    {
        var copy = Directory.CreateDirectory(folder.File("policies")).FullName;
        foreach (var document in Directory.EnumerateFiles(Folder)) File.Copy(document, Path.Combine(copy, Path.GetFileName(document)));
        var path = Path.Combine(copy, file);
        var changed = File.ReadAllText(path).Replace(text, instead, StringComparison.Ordinal);
        changed.ShouldContain(instead);
        File.WriteAllText(path, changed);
        return copy;
    }
}
