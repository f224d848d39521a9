using System.Text;
using Sluice.Data.Reading;

namespace Sluice.Data;

/// <summary>Where the catalog is.</summary>
public sealed record CatalogSettings
{
    /// <summary>
    /// The kind: <c>empty</c>, <c>inline</c>, <c>sqlite</c>, <c>postgres</c>, or that of another provider of the host. Default: <c>empty</c>; with an
    /// address, what it says.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The entries of an <c>inline</c> catalog; null for other kinds.</summary>
    public IReadOnlyList<CatalogEntry>? Entries { get; init; }

    /// <summary>The address, such as <c>sqlite:catalog.db</c>. Either this or <see cref="UrlEnv"/>, and neither for <c>empty</c> and <c>inline</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The environment variable that holds the address, which keeps credentials out of files.</summary>
    public string? UrlEnv { get; init; }

    /// <summary>Whether missing tables of the catalog are made. Default: true.</summary>
    public bool EnsureSchema { get; init; } = true;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Kind = {Kind}, Entries = {Entries?.Count}, Url = {Redaction.OfUrl(Url)}, UrlEnv = {UrlEnv}, EnsureSchema = {EnsureSchema}");
        return true;
    }
}
