using System.Text.Encodings.Web;
using System.Text.Json;

namespace Approvals;

/// <summary>A request as somebody should see it who decides.</summary>
internal static class RequestText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ApprovalRequest request, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{request.Id}: {Question(request)}");
        output.WriteLine($"  asked by '{request.Agent}' at {request.CreatedAt:u}{(request.ExpiresAt is { } end ? $", until {end:u}" : "")}, run {request.RunId}");
        foreach (var line in JsonSerializer.Serialize(request.Payload, Indented).Split('\n')) output.WriteLine($"  {line}");
    }

    private static string Question(ApprovalRequest request) => request.Kind switch
    {
        ApprovalKind.Plan => $"execute plan '{request.Target}'? (approve, reject, revise)",
        ApprovalKind.Tool => $"run tool '{request.Target}'? (approve, reject)",
        _ => $"what became of an effect of '{request.Target}'? (retry, mark_done, mark_failed)",
    };
}
