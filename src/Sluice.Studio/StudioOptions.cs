namespace Sluice;

/// <summary>How Studio is served.</summary>
public sealed record StudioOptions
{
    /// <summary>The port that is tried first.</summary>
    public const int DefaultPort = 4111;

    /// <summary>
    /// The address that is listened on: an IP address, or <c>localhost</c>. Default: <c>127.0.0.1</c>, this machine alone. One that other machines
    /// reach needs an <see cref="AuthToken"/>.
    /// </summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port, 1 to 65535; 0: any that is free. Null: <see cref="DefaultPort"/>, or the next of twenty that is free.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// What everybody has to bring who asks for anything: as bearer token, or once in the address of the page as <c>?token=</c>. At least 16
    /// characters. Null: nothing is asked for.
    /// </summary>
    public string? AuthToken { get; init; }

    /// <summary>
    /// The host names under which Studio may be reached, beside this machine's own (<c>localhost</c>, <c>127.0.0.1</c>, <c>::1</c>): what the headers
    /// <c>Host</c> and <c>Origin</c> may name. Default: none; <see cref="Host"/> is always among them.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The file of threads, runs, approvals, tests and evals. Made when it is missing. Default: <c>.sluice/studio.db</c>.</summary>
    public string StorePath { get; init; } = Path.Combine(".sluice", "studio.db");

    /// <summary>
    /// The folder below which folders of documents and files of datasets are that requests name. Null: any on this machine, where Studio is its own
    /// server and for this machine alone; else the current directory.
    /// </summary>
    public string? FilesRoot { get; init; }

    /// <summary>What becomes of runs that were begun under another spec than the app has now. Null, the default: as the app says.</summary>
    public SpecDrift? SpecDrift { get; init; }

    /// <summary>Whether the page is served beside the API. Default: true.</summary>
    public bool ServePage { get; init; } = true;
}
