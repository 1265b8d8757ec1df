"""Answering: what a person is promised, collecting a ballot, the questions, and handing in as nobody."""
