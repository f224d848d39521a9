using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Toolkit;

/// <summary>The settings of the toolkit.</summary>
internal sealed record ToolkitConfig
{
    public const int MostRows = 1000;
    public const int MostSampleRows = 50;
    private const int MostTimeoutMs = 600_000;
    private const int MostInlineBytes = 65_536;

    /// <summary>The most rows of a query.</summary>
    public int MaxRows { get; init; } = MostRows;

    /// <summary>The most rows of a sample.</summary>
    public int MaxSampleRows { get; init; } = MostSampleRows;

    /// <summary>The longest a query may run.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest rows, in bytes of JSON, that go to the model; larger ones become a reference.</summary>
    public int MaxInlineBytes { get; init; } = 16_384;

    public static ToolkitConfig Read(JsonElement? config, string path, ICollection<SpecError> problems)
    {
        var result = new ToolkitConfig();
        if (config is not { ValueKind: JsonValueKind.Object } settings) return result;
        string[] known = ["maxRows", "maxSampleRows", "queryTimeoutMs", "maxInlineBytes"];
        foreach (var setting in settings.EnumerateObject())
        {
            int Number(int least, int most) => Read(setting, least, most, path, problems);
            switch (setting.Name)
            {
                case "maxRows":
                    result = result with { MaxRows = Number(1, MostRows) };
                    break;
                case "maxSampleRows":
                    result = result with { MaxSampleRows = Number(1, MostSampleRows) };
                    break;
                case "queryTimeoutMs":
                    result = result with { QueryTimeout = TimeSpan.FromMilliseconds(Number(1, MostTimeoutMs)) };
                    break;
                case "maxInlineBytes":
                    result = result with { MaxInlineBytes = Number(256, MostInlineBytes) };
                    break;
                default:
                    problems.Add(new(
                        SpecErrorCodes.InvalidConfig, $"{path}.{setting.Name}",
                        $"The toolkit has no setting \"{setting.Name}\"{NearestName.Suggest(setting.Name, known, "the settings are")}"));
                    break;
            }
        }

        return result;
    }

    private static int Read(JsonProperty setting, int least, int most, string path, ICollection<SpecError> problems)
    {
        if (setting.Value.ValueKind == JsonValueKind.Number && setting.Value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        problems.Add(new(SpecErrorCodes.InvalidConfig, $"{path}.{setting.Name}", $"\"{setting.Name}\" is to be a whole number from {least} to {most}."));
        return least;
    }
}
