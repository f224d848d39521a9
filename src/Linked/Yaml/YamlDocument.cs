using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Yaml;

/// <summary>Turns one YAML document into JSON, by the core schema. Anchors, aliases and tags are refused: files that people write need none, and they can grow without end.</summary>
internal static class YamlDocument
{
    private const int MaxDepth = 64;

    /// <summary>The document; null where the text holds none.</summary>
    /// <exception cref="YamlException">The text is no YAML, or uses more of it than such files need.</exception>
    public static JsonElement Parse(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        try
        {
            return Parse(parser);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the scanner throws for some texts that are no YAML either.
            var place = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "It breaks off or is not well formed after that.", exception);
        }
    }

    private static JsonElement Parse(Parser parser)
    {
        parser.Consume<StreamStart>();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (parser.TryConsume<DocumentStart>(out _))
            {
                Write(parser, json, 0);
                parser.Consume<DocumentEnd>();
            }
            else
            {
                json.WriteNullValue();
            }
        }

        if (!parser.Accept<StreamEnd>(out _)) throw Refusal(parser.Current!, "The file holds more than one document. Keep one.");
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Parser parser, Utf8JsonWriter json, int depth)
    {
        if (depth > MaxDepth) throw Refusal(parser.Current!, $"Values are nested deeper than {MaxDepth}.");
        var node = parser.Consume<ParsingEvent>();
        if (node is AnchorAlias || node is NodeEvent { Anchor.IsEmpty: false }) throw Refusal(node, "Anchors and aliases are not allowed. Write the value out.");
        if (node is NodeEvent { Tag.IsEmpty: false }) throw Refusal(node, "Tags are not allowed. Write the plain value.");
        switch (node)
        {
            case Scalar scalar:
                WriteScalar(scalar, json);
                break;
            case SequenceStart:
                json.WriteStartArray();
                while (!parser.TryConsume<SequenceEnd>(out _)) Write(parser, json, depth + 1);
                json.WriteEndArray();
                break;
            default:
                WriteMapping(parser, json, depth);
                break;
        }
    }

    private static void WriteMapping(Parser parser, Utf8JsonWriter json, int depth)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<ParsingEvent>();
            if (key is not Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true } name) throw Refusal(key, "A key is a plain text.");
            if (!keys.Add(name.Value)) throw Refusal(key, "A key is given twice. Keep one.");
            json.WritePropertyName(name.Value);
            Write(parser, json, depth + 1);
        }

        json.WriteEndObject();
    }

    private static void WriteScalar(Scalar scalar, Utf8JsonWriter json)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain) json.WriteStringValue(text);
        else if (text is "" or "~" or "null" or "Null" or "NULL") json.WriteNullValue();
        else if (text is "true" or "True" or "TRUE") json.WriteBooleanValue(true);
        else if (text is "false" or "False" or "FALSE") json.WriteBooleanValue(false);
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) json.WriteNumberValue(whole);
        else if (char.IsAsciiDigit(text[^1]) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
        else json.WriteStringValue(text);
    }

    private static YamlException Refusal(ParsingEvent place, string message) => new(place.Start, place.End, message);
}
