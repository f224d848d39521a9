using System.Text;
using Sluice.Data.Reading;

namespace Sluice.Data;

/// <summary>The database that agents read.</summary>
public sealed record TargetDatabaseSettings
{
    /// <summary>The kind: <c>sqlite</c>, <c>postgres</c>, or that of another provider of the host; null: what the address says.</summary>
    public string? Kind { get; init; }

    /// <summary>The address, such as <c>sqlite:shop.db</c> or <c>postgres://host/database</c>. Either this or <see cref="UrlEnv"/>.</summary>
    public string? Url { get; init; }

    /// <summary>The environment variable that holds the address, which keeps credentials out of files.</summary>
    public string? UrlEnv { get; init; }

    /// <summary>The schema whose tables are read; null: the technology's own default.</summary>
    public string? Schema { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Kind = {Kind}, Url = {Redaction.OfUrl(Url)}, UrlEnv = {UrlEnv}, Schema = {Schema}");
        return true;
    }
}
