using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Data.Reading;
using Sluice.Json;

namespace Sluice.Data.Exchange;

/// <summary>The first line of a file: what it is, and which entries of a catalog it is complete for.</summary>
internal sealed record ExchangeHeader(CatalogFilter Filter)
{
    public const string Format = "sluice-catalog";

    private const int Version = 1;
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly string[] Keys = ["format", "version", "databaseId", "documentId", "itemTypes", "tableName"];

    public void Write(IBufferWriter<byte> output)
    {
        var header = new
        {
            format = Format,
            version = Version,
            databaseId = Filter.DatabaseId,
            documentId = Filter.DocumentId,
            itemTypes = Filter.ItemTypes.Count == 0 ? null : Filter.ItemTypes.Distinct().Order().ToArray(),
            tableName = Filter.TableName,
        };
        CanonicalJson.Write(JsonSerializer.SerializeToElement(header, Options), output);
        output.Write("\n"u8);
    }

    /// <summary>Reads the line; null, with the problem reported, when the file is none of ours or of a newer version.</summary>
    public static ExchangeHeader? Read(JsonElement line, string path, SettingsProblems problems)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
        {
            problems.Add("unknown_file_kind", path, $"The file is no export of a catalog: its first line is to be {{\"format\":\"{Format}\",\"version\":{Version}}}.");
            return null;
        }

        if (!line.TryGetProperty("version", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var version) || version < 1)
        {
            problems.Add(SpecErrorCodes.InvalidValue, path, $"\"version\" is to be a whole number from 1; this build reads {Version}.");
            return null;
        }

        if (version > Version)
        {
            problems.Add("newer_version", path, $"The file has version {version}; this build reads {Version}. Use a newer build of Sluice.");
            return null;
        }

        return new(ReadFilter(new(line, path, Keys, problems), path, problems));
    }

    private static CatalogFilter ReadFilter(SettingsObject header, string path, SettingsProblems problems)
    {
        var types = new List<CatalogItemType>();
        foreach (var item in header.List("itemTypes") ?? [])
        {
            try
            {
                types.Add(item.Deserialize<CatalogItemType>(SluiceJson.Options));
            }
            catch (JsonException)
            {
                problems.Add(SpecErrorCodes.InvalidValue, $"{path}.itemTypes", "There is no such item type.");
            }
        }

        return new() { DatabaseId = header.Text("databaseId"), DocumentId = header.Text("documentId"), ItemTypes = types, TableName = header.Text("tableName") };
    }
}
