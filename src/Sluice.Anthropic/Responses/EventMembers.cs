using System.Text.Json;

namespace Sluice.Anthropic.Responses;

/// <summary>The members of an event that are read, each as its own piece of JSON, in whatever order they come.</summary>
internal ref struct EventMembers
{
    public int Index;
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Message;
    public ReadOnlySpan<byte> ContentBlock;
    public ReadOnlySpan<byte> Delta;
    public ReadOnlySpan<byte> Usage;

    public static EventMembers Read(ReadOnlySpan<byte> json)
    {
        var members = default(EventMembers);
        var reader = new Utf8JsonReader(json);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("type"u8)) members.Type = JsonMembers.Name(ref reader);
            else if (reader.ValueTextEquals("index"u8)) members.Index = JsonMembers.Integer(ref reader);
            else if (reader.ValueTextEquals("delta"u8)) members.Delta = JsonMembers.Raw(ref reader, json);
            else if (reader.ValueTextEquals("content_block"u8)) members.ContentBlock = JsonMembers.Raw(ref reader, json);
            else if (reader.ValueTextEquals("message"u8)) members.Message = JsonMembers.Raw(ref reader, json);
            else if (reader.ValueTextEquals("usage"u8)) members.Usage = JsonMembers.Raw(ref reader, json);
            else JsonMembers.Skip(ref reader);
        }

        // What follows the object is an error that only a further read finds.
        reader.Read();
        return members;
    }
}
