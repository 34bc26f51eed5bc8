"""The desk's page."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Technopole", layout="wide")
st.title("Technopole")
