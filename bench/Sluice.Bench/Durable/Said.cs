using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Bench.Durable;

/// <summary>How much a message says.</summary>
internal static class Said
{
    public static int BytesOf(ChatMessage message) => message.Contents.Sum(content => content switch
    {
        TextContent text => Encoding.UTF8.GetByteCount(text.Text),
        FunctionCallContent call => call.Name.Length + JsonSerializer.SerializeToUtf8Bytes(call.Arguments).Length,
        FunctionResultContent result => JsonSerializer.SerializeToUtf8Bytes(result.Result).Length,
        _ => 0,
    });
}
