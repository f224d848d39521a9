namespace Sluice.Data.Toolkit;

/// <summary>Under which keys the bodies of documents are kept.</summary>
internal static class DocumentKeys
{
    public static string Of(string documentId) => $"document/{documentId}";
}
