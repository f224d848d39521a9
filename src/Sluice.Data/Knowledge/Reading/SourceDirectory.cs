namespace Sluice.Data.Knowledge.Reading;

/// <summary>Finds the documents of a directory. Links are not followed: they may lead out of it, or round in circles.</summary>
internal sealed class SourceDirectory(string root, IReadOnlyList<string> extensions)
{
    private const string LinkReason = "It is a link, and links are not followed.";

    private readonly List<SourceFile> _files = [];

    /// <summary>The files with the extensions, and what was passed over, in the order of their paths.</summary>
    public IReadOnlyList<SourceFile> List(CancellationToken cancellationToken)
    {
        var folders = new Stack<DirectoryInfo>([new(root)]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                foreach (var item in folder.EnumerateFileSystemInfos("*", AllOfThem)) Add(item, folders);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _files.Add(FileOf(folder) with { Problem = $"The folder cannot be read: {exception.Message}" });
            }
        }

        return [.. _files.OrderBy(file => file.Path, CodePointComparer.Instance)];
    }

    private static EnumerationOptions AllOfThem { get; } = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private void Add(FileSystemInfo item, Stack<DirectoryInfo> folders)
    {
        var isLink = item.Attributes.HasFlag(FileAttributes.ReparsePoint) && item.LinkTarget is not null;
        if (item is DirectoryInfo folder && !isLink) folders.Push(folder);
        else if (item is DirectoryInfo || IsDocument(item)) _files.Add(isLink ? FileOf(item) with { SkipReason = LinkReason } : Checked(FileOf(item)));
    }

    private static SourceFile Checked(SourceFile file) =>
        DataArguments.IsText(file.Path) ? file : file with { Problem = "The name is no Unicode, and cannot be stored. Rename it." };

    private bool IsDocument(FileSystemInfo item) => extensions.Any(extension => item.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private SourceFile FileOf(FileSystemInfo item) =>
        new(Path.GetRelativePath(root, item.FullName).Replace(Path.DirectorySeparatorChar, '/'), item.FullName);
}
