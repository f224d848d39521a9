using System.Text.Json;
using Sluice.Data.Opening;
using Sluice.Data.Reading;
using Sluice.Json;
using Sluice.Yaml;
using YamlDotNet.Core;

namespace Sluice.Data;

/// <summary>The data that agents work on: a database that they read, what is known about it, and documents. A description; <see cref="OpenAsync"/> opens it.</summary>
/// <remarks>Credentials in addresses are never shown: not in errors, and not by <see cref="object.ToString"/>.</remarks>
public sealed record DataEnvironment
{
    /// <summary>The workspace where nobody names one.</summary>
    public const string DefaultWorkspace = "default";

    private static readonly JsonDocumentOptions AsWritten =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = SluiceJson.MaxDepth };

    /// <summary>The resource id of the tenant it belongs to; the runtime's must be the same. Null: of whichever tenant the runtime has.</summary>
    public string? TenantId { get; init; }

    /// <summary>The workspace that catalog and documents are kept under. Default: <c>default</c>.</summary>
    public string WorkspaceId { get; init; } = DefaultWorkspace;

    /// <summary>The database that agents read; null: none, and no tool that queries.</summary>
    public TargetDatabaseSettings? TargetDatabase { get; init; }

    /// <summary>Where the catalog is; null: an empty one, so that only what the database says of itself is known.</summary>
    public CatalogSettings? Catalog { get; init; }

    /// <summary>The search index; null: none.</summary>
    public CatalogSearchSettings? CatalogSearch { get; init; }

    /// <summary>Where bodies of documents are; null: in memory, empty at first.</summary>
    public KeyValueSettings? KeyValue { get; init; }

    /// <summary>Reads an environment from JSON. Keys are in camelCase or snake_case.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="SpecValidationException">It has problems (<c>invalid_data_environment</c>); all of them are listed.</exception>
    public static DataEnvironment FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, AsWritten);
            return From(document.RootElement);
        }
        catch (JsonException exception)
        {
            // The parser's own message may quote what it stumbled over.
            throw Unreadable("JSON", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1, "It breaks off or is not well formed there.");
        }
    }

    /// <summary>Reads an environment from YAML: plain mappings, lists and values. Keys are in camelCase or snake_case.</summary>
    /// <param name="yaml">The text.</param>
    /// <exception cref="SpecValidationException">It has problems (<c>invalid_data_environment</c>); all of them are listed.</exception>
    public static DataEnvironment FromYaml(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        try
        {
            return From(YamlDocument.Parse(yaml));
        }
        catch (YamlException exception)
        {
            var reason = exception.GetType() == typeof(YamlException) ? exception.Message : "It breaks off or is not well formed there.";
            throw Unreadable("YAML", exception.Start.Line, exception.Start.Column, reason);
        }
    }

    /// <summary>Reads an environment from a file: <c>.json</c>, <c>.yaml</c> or <c>.yml</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SpecValidationException">The file cannot be read, or has problems (<c>invalid_data_environment</c>); all of them are listed.</exception>
    public static DataEnvironment Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".json" or ".yaml" or ".yml"))
            throw Refusal("unknown_file_kind", "$", $"The file '{path}' is of no known kind. Name it .json, .yaml or .yml.");
        try
        {
            var text = File.ReadAllText(path);
            return kind == ".json" ? FromJson(text) : FromYaml(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal("unreadable_file", "$", $"The file '{path}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Opens every part. What is opened is disposed by the result, or when another part cannot be opened.</summary>
    /// <param name="providers">The technologies of the host, each under its kind. Where two have a kind, the first counts.</param>
    /// <param name="options">What queries may touch, and for which tenant; null: the defaults.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <exception cref="SpecValidationException">
    /// The environment has problems (<c>invalid_data_environment</c>); all of them are listed and nothing was opened.
    /// </exception>
    /// <exception cref="SluiceException">A part cannot be opened (<c>store_unavailable</c>, <c>store_schema</c>, <c>query_refused</c>).</exception>
    public Task<OpenDataEnvironment> OpenAsync(
        IReadOnlyList<IDataProvider> providers, DataEnvironmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(providers);
        return new EnvironmentOpener(this, providers, options ?? new()).OpenAsync(cancellationToken);
    }

    private static DataEnvironment From(JsonElement root)
    {
        var problems = new SettingsProblems();
        var environment = EnvironmentReader.Read(root, problems);
        EnvironmentRules.Check(environment, [], Environment.GetEnvironmentVariable, problems);
        problems.ThrowIfAny();
        return environment;
    }

    private static SpecValidationException Unreadable(string language, long line, long column, string reason) =>
        Refusal(language == "JSON" ? SpecErrorCodes.InvalidJson : "invalid_yaml", "$", $"The text is no {language} at line {line}, column {column}. {reason}");

    private static SpecValidationException Refusal(string code, string path, string message) =>
        new([new(code, path, Redaction.OfText(message))], ErrorCodes.InvalidDataEnvironment);
}
