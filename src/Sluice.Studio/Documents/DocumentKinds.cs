namespace Sluice.Studio.Documents;

/// <summary>The kinds of what people keep in Studio: the first part of its key in the store.</summary>
internal static class DocumentKinds
{
    /// <summary>What people call threads.</summary>
    public const string ThreadTitles = "thread-titles";

    /// <summary>Threads that have no run yet.</summary>
    public const string NewThreads = "new-threads";

    /// <summary>Test cases.</summary>
    public const string Tests = "tests";

    /// <summary>Evals that were begun here.</summary>
    public const string Evals = "evals";

    /// <summary>How many earlier versions of a document are kept.</summary>
    public static int EarlierVersionsOf(string kind) => kind == Tests ? 100 : 0;
}
