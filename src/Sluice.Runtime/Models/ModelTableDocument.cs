using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Runtime.Models;

/// <summary>A table of models in the shape of its JSON.</summary>
internal sealed record ModelTableDocument(string AsOf, string Currency, IReadOnlyList<ModelInfo> Models)
{
    public const string DateFormat = "yyyy-MM-dd";

    public static JsonSerializerOptions Options { get; } = new(SluiceJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    };

    public static ModelTableDocument Of(ModelTable table) =>
        new(table.AsOf.ToString(DateFormat, CultureInfo.InvariantCulture), "USD", table.Models);
}
