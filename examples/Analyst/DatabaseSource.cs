using System.Security.Cryptography;
using System.Text;
using Inventory;
using Sluice.Data;

namespace Analyst;

/// <summary>The database that is asked about, and the name that it has in its catalog.</summary>
/// <param name="Settings">How it is reached.</param>
/// <param name="DatabaseId">The name, made of the address without user and password: the same database finds its catalog again.</param>
internal sealed record DatabaseSource(TargetDatabaseSettings Settings, string DatabaseId)
{
    private const string Sqlite = "sqlite:";
    private const int NameLength = 40;
    private const int HashDigits = 8;

    /// <summary>What the options name; null: the example's own database, or a problem.</summary>
    public static DatabaseSource? Find(Options options, ICollection<string> problems)
    {
        if (options.DatabaseEnv is { } variable)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } url) return Of(url, options.Schema, new() { UrlEnv = variable, Schema = options.Schema });
            problems.Add($"Option '--database-env' names the variable '{variable}', which is not set.");
            return null;
        }

        return options.Database is { } given ? OfUrl(IsUrl(given) ? given : $"{Sqlite}{Path.GetFullPath(given)}", options.Schema) : null;
    }

    /// <summary>A database by its address.</summary>
    public static DatabaseSource OfUrl(string url, string? schema = null) => Of(url, schema, new() { Url = url, Schema = schema });

    /// <summary>The environment of it and of its catalog, which is in a file of its own.</summary>
    public DataEnvironment ToEnvironment(string folder) => new()
    {
        TargetDatabase = Settings,
        Catalog = new() { Url = $"sqlite:{Path.Combine(folder, $"{DatabaseId}.catalog.db")}" },
        CatalogSearch = new() { IndexPath = Path.Combine(folder, $"{DatabaseId}.index.db") },
    };

    private static DatabaseSource Of(string url, string? schema, TargetDatabaseSettings settings)
    {
        var address = AddressOf(url);
        var name = new string([.. Path.GetFileNameWithoutExtension(address).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(NameLength)]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{address}#{schema}")))[..HashDigits];
        return new(settings, $"{name}-{hash}");
    }

    /// <summary>The host and the database of an address, or the whole path of a file.</summary>
    private static string AddressOf(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0) return $"{uri.Scheme}://{uri.Host}:{uri.Port}{uri.AbsolutePath}";
        return url.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase) && url[Sqlite.Length..].TrimStart('/') is { Length: > 0 } path
            ? Path.GetFullPath(url[Sqlite.Length] == '/' ? $"/{path}" : path)
            : url;
    }

    /// <summary>Whether there is a scheme: more letters than a drive of Windows has.</summary>
    private static bool IsUrl(string text) => text.IndexOf(':', StringComparison.Ordinal) > 1;
}
