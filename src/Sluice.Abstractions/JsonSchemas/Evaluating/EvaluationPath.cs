using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Where the evaluation is, in the schema and in the value. Kept only while violations are collected.</summary>
internal sealed class EvaluationPath
{
    private readonly List<string> _schema = [];
    private readonly List<string> _instance = [];

    public string Schema => string.Concat(_schema);

    public string Instance => string.Concat(_instance);

    public void EnterSchema(string path) => _schema.Add(path);

    public void LeaveSchema() => _schema.RemoveAt(_schema.Count - 1);

    public void EnterItem(string path, int index)
    {
        _schema.Add(path);
        _instance.Add($"/{index}");
    }

    public void EnterProperty(string path, JsonProperty property)
    {
        _schema.Add(path);
        _instance.Add(JsonPointer.Segment(JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property))));
    }

    public void LeaveChild()
    {
        LeaveSchema();
        _instance.RemoveAt(_instance.Count - 1);
    }

    public void Clear()
    {
        _schema.Clear();
        _instance.Clear();
    }
}
