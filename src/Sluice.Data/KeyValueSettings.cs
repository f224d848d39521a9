using System.Text;
using Sluice.Data.Reading;

namespace Sluice.Data;

/// <summary>Where the bodies of documents and knowledge are.</summary>
public sealed record KeyValueSettings
{
    /// <summary>
    /// The kind: <c>memory</c>, <c>sqlite</c>, <c>postgres</c>, <c>redis</c>, or that of another provider of the host. Default: <c>memory</c>; with an
    /// address, what it says.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>The address, such as <c>redis://host</c>. Either this or <see cref="UrlEnv"/>, and neither for <c>memory</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The environment variable that holds the address, which keeps credentials out of files.</summary>
    public string? UrlEnv { get; init; }

    /// <summary>What keys begin with where several environments share a store; null: nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether missing tables of the store are made. Default: true.</summary>
    public bool EnsureSchema { get; init; } = true;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Kind = {Kind}, Url = {Redaction.OfUrl(Url)}, UrlEnv = {UrlEnv}, Prefix = {Prefix}, EnsureSchema = {EnsureSchema}");
        return true;
    }
}
